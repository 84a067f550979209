"""A child's token: the opaque name that addresses and plans use.

It stays from snapshot to snapshot, and through a move to another authority where the link shows that both mean one pupil. It
ends with an adoption: who comes into care again after one is somebody else. It is a keyed hash, so nobody without the store's
key can tell whose it is, or make it from an identifier; with the key, the same records give the same tokens.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import pathlib
import secrets

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.link.keys import ADOPTED

KEY_BYTES = 32
LENGTH = 20


def identities(years: ibis.Table, known: ibis.Table) -> ibis.Table:
    """Who each row is: la, child, year, anchor_la, anchor_child, adoptions (before the period of care, of any authority).

    The anchor is the first authority and identifier under which the pupil was in care; of a child with no link, the child's
    own. So a link that is found later changes nothing for the child who came first.
    """
    links = tables.links.ibis()
    first = known.group_by("la", "child").aggregate(first=_.decom.min())
    children = first.left_join(links.select("la", "child", "pupil"), ["la", "child"], rname="links_{name}")
    children = children.select("la", "child", "first", pupil=_.pupil)
    in_line = ibis.window(group_by="pupil", order_by=["first", "la", "child"])
    heads = children.filter(_.pupil.notnull()).mutate(place=ibis.row_number().over(in_line)).filter(_.place == 0)
    heads = heads.select(head_pupil="pupil", head_la="la", head_child="child")
    anchors = children.left_join(heads, children.pupil == heads.head_pupil)
    anchors = anchors.select("la", "child", anchor_la=ibis.coalesce(_.head_la, _.la), anchor_child=ibis.coalesce(_.head_child, _.child))
    orders = known.filter(_.rec.isin(ADOPTED) & ~_.is_open).select("la", "child", ordered="until")
    orders = orders.inner_join(anchors, ["la", "child"]).select("anchor_la", "anchor_child", "ordered").distinct()
    rows = years.inner_join(anchors, ["la", "child"], rname="a_{name}").select(
        "la", "child", "year", "anchor_la", "anchor_child", began=ibis.coalesce(_.period_start, _.start)
    )
    own = ["la", "child", "year", "anchor_la", "anchor_child"]
    before = rows.inner_join(orders, ["anchor_la", "anchor_child"]).filter(_.ordered <= _.began)
    before = before.group_by(own).aggregate(adoptions=_.count().cast("int32"))
    return rows.left_join(before, own, rname="b_{name}").select(*own, adoptions=_.adoptions.fill_null(0))


def tokens(identities: pa.Table, key: bytes) -> pa.Table:
    """The token of each different identity: anchor_la, anchor_child, adoptions, token."""
    rows = identities.select(["anchor_la", "anchor_child", "adoptions"]).to_pylist()
    made = [
        hmac.new(key, f"{row['anchor_la']}\n{row['anchor_child']}\n{row['adoptions']}".encode(), hashlib.sha256).digest() for row in rows
    ]
    names = [base64.b32encode(digest).decode().lower()[:LENGTH] for digest in made]
    return identities.select(["anchor_la", "anchor_child", "adoptions"]).append_column("token", pa.array(names, pa.string()))


def store_key(records: pathlib.Path) -> bytes:
    """The key of a store, made at its first build: records/token.key, which only its owner may read.

    Whoever loses it gets new tokens, and addresses and plans no longer find their child: back it up with the records.
    """
    place = records / "token.key"
    if not place.exists():
        fresh = records / f".token.key-{os.getpid()}"
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(secrets.token_bytes(KEY_BYTES))
            opened.flush()
            os.fsync(opened.fileno())
        # A link, not a rename: where another build was quicker, its key stands.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, place)
        fresh.unlink()
    return place.read_bytes()

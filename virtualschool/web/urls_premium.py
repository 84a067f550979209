"""Addresses of the premium: the ledger, requests, payments, programmes, need and effect."""

from django.urls import path

from virtualschool.web.views import premium, premium_ledger, premium_policy

urlpatterns = [
    path("", premium.requests, name="premium"),
    path("requests/<int:number>", premium.request_of, name="premium-request"),
    path("child/<str:token>", premium.child, name="premium-child"),
    path("child/<str:token>/ask", premium.ask, name="premium-ask"),
    path("child/<str:token>/effect/<int:line>", premium.effect, name="premium-effect"),
    path("requests/<int:number>/decide", premium.decide, name="premium-decide"),
    path("requests/<int:number>/pay", premium_ledger.pay, name="premium-pay"),
    path("policy", premium_policy.policy, name="premium-policy"),
    path("policy/publish", premium_policy.write, name="premium-policy-write"),
    path("policy/<int:version>.<slug:kind>", premium_policy.file, name="premium-policy-file"),
    path("ledger", premium_ledger.ledger, name="premium-ledger"),
    path("grant", premium_ledger.grant, name="premium-grant"),
    path("payments", premium_ledger.payments, name="premium-payments"),
    path("payments/add", premium_ledger.add, name="premium-add"),
    path("payments/<int:number>/back", premium_ledger.back, name="premium-back"),
    path("programmes", premium_ledger.programmes, name="premium-programmes"),
    path("programmes/add", premium_ledger.programme, name="premium-programme-new"),
    path("programmes/<int:number>", premium_ledger.programme, name="premium-programme"),
    path("programmes/<int:number>/children", premium_ledger.places, name="premium-places"),
    path("spend", premium_ledger.spend, name="premium-spend"),
    path("need", premium_ledger.need, name="premium-need"),
    path("effect", premium_ledger.effects, name="premium-effects"),
    path("files", premium_ledger.files, name="premium-files"),
    path("files/<int:number>", premium_ledger.file, name="premium-file"),
    path("download/<slug:what>.<slug:kind>", premium_ledger.download, name="premium-download"),
]

"""Forms in the GOV.UK Design System's markup: `{{ form }}` and `{{ field.as_field_group }}` give labels, hints, errors and inputs."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CLASSES: dict[type, str] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.FileInput: "govuk-file-upload",
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.CheckboxSelectMultiple: "govuk-checkboxes__input",  # A kind of RadioSelect, so it stands before it.
    forms.RadioSelect: "govuk-radios__input",
}
WIDTHS = {forms.DateInput: "govuk-input--width-10", forms.NumberInput: "govuk-input--width-5"}


class Field(BoundField):
    """A field that knows how the design system shows it."""

    @property
    def shown_as(self) -> str:
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        return "input"

    @property
    def described_by(self) -> str:
        ids = [f"{self.id_for_label}-hint"] if self.help_text else []
        return " ".join([*ids, *([f"{self.id_for_label}-error"] if self.errors else [])])

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        css = next((css for kind, css in CLASSES.items() if isinstance(widget, kind)), "govuk-input")
        width = next((width for kind, width in WIDTHS.items() if isinstance(widget, kind)), "")
        error = {"govuk-input": "govuk-input--error", "govuk-textarea": "govuk-textarea--error", "govuk-select": "govuk-select--error"}
        names = [css, width, error.get(css, "") if self.errors else "", widget.attrs.get("class", "")]
        attrs["class"] = " ".join(filter(None, names))
        attrs.pop("aria-describedby", None)
        if self.described_by and not isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            attrs["aria-describedby"] = self.described_by
        # The browser's own bubbles are not read out everywhere, so our errors stand on the page.
        attrs.pop("required", None)
        return attrs


class Renderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = Field

"""The forms of signing in: allauth's, with our words and nothing beside them."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from kerege.web.saying import w

# More than this nobody types; hashing a megabyte would keep a worker busy.
LONGEST = 200


class _Worded:
    """Fields with our labels and bounds; allauth's placeholders and hints are left out."""

    LABELS: dict[str, str] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, key in self.LABELS.items():
            field = self.fields[name]
            field.label, field.help_text = w(key), ""
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.CharField):
                field.max_length = LONGEST
                field.validators.append(forms.fields.validators.MaxLengthValidator(LONGEST))


class SignIn(_Worded, account.LoginForm):
    """User name or e-mail, and a password."""

    LABELS = {"login": "signing.login", "password": "signing.password"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class Again(_Worded, account.ReauthenticateForm):
    LABELS = {"password": "signing.password"}


class NewPassword(_Worded, account.ChangePasswordForm):
    LABELS = {"oldpassword": "signing.password_now", "password1": "signing.password_new"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Typed once: a browser shows it, and the okmotu or the operator can help who forgot it.
        del self.fields["password2"]


class Second(_Worded, factors.AuthenticateForm):
    """A code of the app, or one of the printed list."""

    LABELS = {"code": "signing.one_time_code"}


class SecondAgain(_Worded, factors.ReauthenticateForm):
    LABELS = {"code": "signing.one_time_code"}


class NewApp(_Worded, totp.ActivateTOTPForm):
    LABELS = {"code": "signing.one_time_code"}


class NewPasskey(_Worded, webauthn.AddWebAuthnForm):
    """A passkey opens the account by itself, so it must ask its owner for a finger or a PIN."""

    LABELS = {"name": "signing.passkey_name"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.initial["name"] = ""
        self.fields["name"].required = False
        self.fields["passwordless"] = forms.BooleanField(
            required=False, initial=True, widget=forms.HiddenInput
        )

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or w("signing.passkey")

    def clean_passwordless(self) -> bool:
        return True


class HandedCode(forms.Form):
    """A code the okmotu handed out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            max_length=LONGEST,
            label=w("codes.code"),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )

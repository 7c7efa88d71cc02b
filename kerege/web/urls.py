"""Addresses. Kyrgyz has none of its own prefix; ru and en stand in front."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kerege.web.pages import (
    account,
    acting,
    asking,
    board,
    body,
    brochure,
    codes,
    comparing,
    country,
    desk,
    documents,
    edition,
    feed,
    following,
    founding,
    glossary,
    health,
    law,
    log,
    map,
    person,
    place,
    receipt,
    recorder,
    refused,
    register,
    search,
    service,
    signing,
    trust,
    what_if,
    withdrawn,
    witness,
)

handler400 = "kerege.web.pages.unreadable.bad_request"
handler404 = "kerege.web.pages.unreadable.not_found"
handler500 = "kerege.web.pages.unreadable.failed"

# For programs: in no language.
urlpatterns = [
    path("<slug:slug>/register/<int:n>.tlog-proof", receipt.file, name="receipt-file"),
    path("healthz", health.healthz, name="healthz"),
    path("kerege-verify.pyz", trust.verifier, name="verifier"),
    path("public-root/<path:path>", log.root, name="root-log"),
    path("witness/add-checkpoint", witness.add_checkpoint, name="witness"),
    path("witness/<path:path>", witness.seen, name="witnessed"),
    path("documents/<str:digest>", documents.document, name="document"),
    # Where the identity service sends people back: it knows one address.
    path("sign-in/with/<slug:provider_id>/", service.there, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", service.back, name="openid_connect_callback"),
    path("<slug:slug>/log/", log.log, name="log"),
    path("<slug:slug>/log/<path:path>", log.log, name="log-file"),
]
# Each under one prefix: an address is held against few patterns before it finds its own.
_LAW = [
    path("", law.law, name="law"),
    path("compare/", comparing.compare, name="compare"),
    path("history/", comparing.history, name="law-history"),
    path("ask/", asking.ask, name="ask"),
    path("<slug:id>/", edition.edition, name="edition"),
    path("<slug:id>/example/", edition.example, name="example"),
]
_SIGN_IN = [
    path("", signing.sign_in, name="sign-in"),
    path("as/<slug:code>/", signing.sign_in_as, name="sign-in-as"),
    path("code/", signing.sign_in_code, name="sign-in-code"),
    path("passkey/", signing.sign_in_passkey, name="sign-in-passkey"),
    path("second/", account.second, name="mfa_authenticate"),
    path("again/", account.again, name="account_reauthenticate"),
    path("again/code/", account.again_code, name="mfa_reauthenticate"),
    path("again/passkey/", account.again_passkey, name="mfa_reauthenticate_webauthn"),
    # The same by the names allauth calls them by.
    path("", signing.sign_in, name="account_login"),
    path("passkey/", signing.sign_in_passkey, name="mfa_login_webauthn"),
    path("", signing.sign_in, name="socialaccount_login_cancelled"),
]
_ACCOUNT = [
    path("", account.index, name="mfa_index"),
    path("", account.index, name="mfa_list_webauthn"),
    path("", account.index, name="account"),
    path("password/", account.password, name="account_change_password"),
    path("passkey/", account.passkey_new, name="mfa_add_webauthn"),
    path("passkey/<int:pk>/", account.passkey_off, name="mfa_remove_webauthn"),
    path("service/<int:pk>/", account.service_off, name="service-off"),
    path("sessions/", account.others_off, name="sessions-off"),
    path("app/", account.app_new, name="mfa_activate_totp"),
    path("app/off/", account.app_off, name="mfa_deactivate_totp"),
    path("list/", account.list_shown, name="mfa_view_recovery_codes"),
    path("list/new/", account.list_new, name="mfa_generate_recovery_codes"),
]
_PLACE = [
    path("", place.place_page, name="place"),
    path("acts/", acting.acts, name="acts"),
    path("acts/<str:name>/", acting.act, name="act"),
    path("register/", register.register, name="register"),
    path("register/<int:n>/", register.entry, name="entry"),
    path("register/<int:n>/receipt/", receipt.receipt, name="receipt"),
    path("feed.atom", feed.feed, name="feed"),
    path("calendar.ics", feed.calendar, name="calendar"),
    path("codes/", codes.codes, name="codes"),
    path("recorder/", recorder.recorder, name="recorder"),
    path("withdrawn/", withdrawn.withdrawn, name="withdrawn"),
    path("what-if/", what_if.what_if, name="what-if"),
    path("refused/", refused.refused, name="refused"),
    path("people/<str:code>/", person.person, name="person"),
    path("bodies/<slug:name>/", body.body, name="body"),
    path("notice/", board.board, name="board"),
    path("brochure/", brochure.brochure, name="brochure"),
]

urlpatterns += i18n_patterns(
    path("", country.country, name="country"),
    path("law/", include(_LAW)),
    path("map/", map.country_map, name="map"),
    path("map/<slug:code>/", map.map_unit, name="map-unit"),
    path("search/", search.search, name="search"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("trust/", trust.trust, name="trust"),
    path("found/<slug:code>/", founding.found_page, name="found"),
    path("sign-in/", include(_SIGN_IN)),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("sign-out/", signing.sign_out, name="account_logout"),
    path("account/", include(_ACCOUNT)),
    path("sign-up/", signing.sign_up, name="sign-up"),
    path("desk/", desk.desk, name="desk"),
    path("following/", following.index, name="following"),
    path("following/stop/<str:token>/", following.stop, name="following-stop"),
    path("kg/", register.register, {"slug": "kg"}, name="country-register"),
    path("<slug:slug>/", include(_PLACE)),
    prefix_default_language=False,
)

"""Addresses. Kyrgyz has none of its own prefix; ru and en stand in front."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from kerege.web.pages import (
    acting,
    asking,
    brochure,
    comparing,
    country,
    edition,
    founding,
    glossary,
    health,
    law,
    place,
    refused,
    register,
    signing,
    what_if,
)

urlpatterns = [path("healthz", health.healthz, name="healthz")]
urlpatterns += i18n_patterns(
    path("", country.country, name="country"),
    path("law/", law.law, name="law"),
    path("law/compare/", comparing.compare, name="compare"),
    path("law/history/", comparing.history, name="law-history"),
    path("law/ask/", asking.ask, name="ask"),
    path("law/<slug:id>/", edition.edition, name="edition"),
    path("law/<slug:id>/example/", edition.example, name="example"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("found/<slug:code>/", founding.found_page, name="found"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/as/<slug:code>/", signing.sign_in_as, name="sign-in-as"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("sign-up/", signing.sign_up, name="sign-up"),
    path("desk/", signing.desk, name="desk"),
    path("kg/", register.register, {"slug": "kg"}, name="country-register"),
    path("<slug:slug>/", place.place_page, name="place"),
    path("<slug:slug>/register/", register.register, name="register"),
    path("<slug:slug>/register/<int:n>/", register.entry, name="entry"),
    path("<slug:slug>/acts/", acting.acts, name="acts"),
    path("<slug:slug>/acts/<str:name>/", acting.act, name="act"),
    path("<slug:slug>/what-if/", what_if.what_if, name="what-if"),
    path("<slug:slug>/refused/", refused.refused, name="refused"),
    path("<slug:slug>/brochure/", brochure.brochure, name="brochure"),
    prefix_default_language=False,
)

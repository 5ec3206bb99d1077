"""The pages of sending: how far it has come, its plan, its texts, and the recall of a list."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lyhord.accounts.acting import acting_of
from lyhord.accounts.audit import record
from lyhord.accounts.gate import requires
from lyhord.accounts.permissions import Deed
from lyhord.accounts.scope import scope_of_everything
from lyhord.delivery.models import Channel
from lyhord.delivery.uncertain import how_many
from lyhord.measurements.models import Participation
from lyhord.method.sampling import about, contacts_needed
from lyhord.survey.contacts.models import Upload
from lyhord.survey.errors import SurveyError
from lyhord.survey.sending import plans
from lyhord.survey.sending.forms import CalculatorForm, PlanForm
from lyhord.survey.sending.models import SendingPlan
from lyhord.survey.sending.previewing import previews, send_test
from lyhord.survey.sending.recalling import recall
from lyhord.survey.sending.standing import standings
from lyhord.survey.sending.wording import (
    EMAIL_TEXTS,
    LANGUAGES,
    SMS_TEXTS,
    checked_text,
    house_texts,
    road_of_participation,
    texts_of,
)

SURE: Final = 0.9  # nine times of ten


@requires(Deed.RUN_PARTICIPATION)
@require_GET
def overview(request: HttpRequest) -> HttpResponseBase:
    """Every participation of the organisation, and how far each has come."""
    rows = Participation.objects.select_related("round", "municipality").order_by("-round__starts", "channel")
    return _overview(request, list(rows), everyone=False)


@requires(Deed.PLAN_ROUND)
@require_GET
def everyone(request: HttpRequest) -> HttpResponseBase:
    """Every participation of the rounds that the organisation plans. Figures only, no contacts."""
    acting = acting_of(request)
    if acting is None:
        raise PermissionDenied
    with scope_of_everything("the coordinator sees how far every participant has come"):
        rows = Participation.objects.filter(round__organisation_id=acting.organisation_id)
        rows = rows.select_related("round", "municipality").order_by("-round__starts", "municipality__name", "channel")
        return _overview(request, list(rows), everyone=True)


@requires(Deed.RUN_PARTICIPATION)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """When a participation sends, to how many, and whether it is paused."""
    participation = _participation(pk)
    own = plans.plan_of(participation)
    form = PlanForm(request.POST if request.method == "POST" else _as_written(own))
    problem = ""
    if request.method == "POST":
        problem = _changed(request, own, form)
        if not problem:
            return redirect("sending:plan", pk=pk)
    page = {
        "standing": standings([participation], _language())[0],
        "plan": own,
        "form": form,
        "problem": problem,
        "needed": _needed(participation.quota or 0, own.response_rate),
        "delay": participation.round.delays.get(participation.channel, 0),
    }
    return render(request, "survey_sending/plan.html", page, status=400 if problem else 200)


@requires(Deed.RUN_PARTICIPATION)
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pause the sending, or go on."""
    own = plans.plan_of(_participation(pk))
    if request.POST.get("go_on"):
        plans.resume(own, by=acting_of(request))
    else:
        plans.pause(own, request.POST.get("reason", ""), by=acting_of(request))
    return redirect("sending:plan", pk=pk)


@requires(Deed.RUN_PARTICIPATION)
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a participation's messages say, what they look like, and what they cost."""
    participation = _participation(pk)
    own, language = plans.plan_of(participation), _chosen_language(request)
    problem, done = "", ""
    if request.method == "POST":
        try:
            done = _text_deed(request, own, language)
        except SurveyError as error:
            problem = str(error)
    shown = texts_of(own, language)
    names = SMS_TEXTS if road_of_participation(participation) == Channel.SMS else EMAIL_TEXTS
    page = {
        "participation": participation,
        "standing": standings([participation], _language())[0],
        "plan": own,
        "language": language,
        "languages": LANGUAGES,
        "by_sms": names == SMS_TEXTS,
        "texts": [(name, _typed(request, name, shown[name], problem)) for name in names],
        "previews": previews(participation, own, language),
        "needed": _needed(participation.quota or 0, own.response_rate),
        "problem": problem,
        "done": done,
    }
    return render(request, "survey_sending/texts.html", page, status=400 if problem else 200)


@requires(Deed.HANDLE_CONTACTS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Recall a list: first what it means, then the deed."""
    upload = get_object_or_404(Upload.objects.select_related("round", "organisation"), pk=pk)
    done = recall(upload, by=acting_of(request)) if request.method == "POST" else None
    return render(request, "survey_sending/recall.html", {"upload": upload, "done": done})


@require_GET
def calculator(request: HttpRequest) -> HttpResponseBase:
    """How many contacts a number of answers takes. For anyone: it holds nothing of anybody's."""
    given = request.GET if "answers" in request.GET else {"answers": "100", "percent": "17"}
    form = CalculatorForm(given)
    needed = None
    if form.is_valid():
        needed = _needed(form.cleaned_data["answers"], float(form.cleaned_data["percent"]) / 100)
    page = {"form": form, "needed": needed}
    return render(request, "survey_sending/calculator.html", page, status=200 if needed else 400)


def _overview(request: HttpRequest, rows: list[Participation], *, everyone: bool) -> HttpResponse:
    doubtful = 0 if everyone else how_many()
    page = {"standings": standings(rows, _language()), "everyone": everyone, "uncertain": doubtful}
    return render(request, "survey_sending/overview.html", page)


def _participation(pk: int) -> Participation:
    return get_object_or_404(Participation.objects.select_related("round", "municipality", "organisation"), pk=pk)


def _language() -> str:
    return get_language() or "sv"


def _chosen_language(request: HttpRequest) -> str:
    asked = (request.POST if request.method == "POST" else request.GET).get("sprak", "sv")
    return asked if asked in LANGUAGES else "sv"


def _as_written(own: SendingPlan) -> dict[str, object]:
    return {
        "percent": f"{own.response_rate * 100:.3g}",
        "opens": f"{own.opens:%H:%M}",
        "closes": f"{own.closes:%H:%M}",
        "saturdays": own.saturdays,
        "reminders": own.reminders,
        "reminder_days": own.reminder_days,
    }


def _changed(request: HttpRequest, own: SendingPlan, form: PlanForm) -> str:
    """Change the plan; why it was not, or nothing."""
    if not form.is_valid():
        return "Någon uppgift saknas eller ligger utanför gränserna. Gränserna står vid varje fält."
    try:
        plans.change(own, form.wishes(), by=acting_of(request))
    except SurveyError as error:
        return str(error)
    return ""


def _needed(answers: int, rate: float) -> dict[str, int | str]:
    """How many contacts are needed on average, said roundly, and to be all but sure."""
    return {
        "answers": answers,
        "percent": f"{round(rate * 100)}\u00a0%",
        "contacts": about(contacts_needed(answers, rate)),
        "sure": about(contacts_needed(answers, rate, SURE)),
    }


def _text_deed(request: HttpRequest, own: SendingPlan, language: str) -> str:
    """Save the texts, go back to the house's, or send one to oneself; which it was."""
    participation = own.participation
    if request.POST.get("deed") == "test":
        send_test(participation, own, language, request.POST.get("to", ""))
        return "test"
    wanted = {} if request.POST.get("deed") == "house" else _written(request, participation, language)
    own.texts = {**own.texts, language: wanted}
    own.save()
    record("sending.texts_changed", participation, by=acting_of(request))
    return "saved"


def _written(request: HttpRequest, participation: Participation, language: str) -> dict[str, str]:
    """The texts that differ from the house's."""
    names = SMS_TEXTS if road_of_participation(participation) == Channel.SMS else EMAIL_TEXTS
    given = {name: checked_text(name, request.POST.get(name, "")) for name in names}
    return {name: text for name, text in given.items() if text != house_texts(language)[name]}


def _typed(request: HttpRequest, name: str, text: str, problem: str) -> str:
    """What somebody typed stays in the field where it could not be saved."""
    return request.POST.get(name, text) if problem else text

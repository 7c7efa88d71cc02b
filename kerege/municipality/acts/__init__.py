"""The table of contents of everything that can officially be done, in the order of the menu."""

from kerege.municipality.act import Act
from kerege.municipality.acts.admit_loss import AdmitLoss
from kerege.municipality.acts.adopt_budget import AdoptBudget
from kerege.municipality.acts.adopt_charter import AdoptCharter
from kerege.municipality.acts.adopt_programme import AdoptProgramme
from kerege.municipality.acts.annul import Annul
from kerege.municipality.acts.answer_question import AnswerQuestion
from kerege.municipality.acts.appoint_head import AppointHead
from kerege.municipality.acts.appoint_official import AppointOfficial
from kerege.municipality.acts.assess_report import AssessReport
from kerege.municipality.acts.call_assembly import CallAssembly
from kerege.municipality.acts.call_referendum import CallReferendum
from kerege.municipality.acts.confirm import Confirm
from kerege.municipality.acts.confirm_recorder import ConfirmRecorder
from kerege.municipality.acts.consent_delegation import ConsentDelegation
from kerege.municipality.acts.constitute_body import ConstituteBody
from kerege.municipality.acts.contract_tos import ContractTos
from kerege.municipality.acts.correct import Correct
from kerege.municipality.acts.decide_issue import DecideIssue
from kerege.municipality.acts.decide_request import DecideRequest
from kerege.municipality.acts.declare_recovery import DeclareRecovery
from kerege.municipality.acts.delegate_power import DelegatePower
from kerege.municipality.acts.demand_account import DemandAccount
from kerege.municipality.acts.elect_deputies import ElectDeputies
from kerege.municipality.acts.elect_head import ElectHead
from kerege.municipality.acts.enact_law import EnactLaw
from kerege.municipality.acts.end_mandate import EndMandate
from kerege.municipality.acts.erase_personal import ErasePersonal
from kerege.municipality.acts.found import Found
from kerege.municipality.acts.grant_authority import GrantAuthority
from kerege.municipality.acts.hold_assembly import HoldAssembly
from kerege.municipality.acts.hold_hearing import HoldHearing
from kerege.municipality.acts.hold_session import HoldSession
from kerege.municipality.acts.link_account import LinkAccount
from kerege.municipality.acts.link_recorder import LinkRecorder
from kerege.municipality.acts.nominate_head import NominateHead
from kerege.municipality.acts.propose_delegation import ProposeDelegation
from kerege.municipality.acts.publish_draft_budget import PublishDraftBudget
from kerege.municipality.acts.publish_results import PublishResults
from kerege.municipality.acts.raise_issue import RaiseIssue
from kerege.municipality.acts.record_referendum import RecordReferendum
from kerege.municipality.acts.register_tos import RegisterTos
from kerege.municipality.acts.report_delegation import ReportDelegation
from kerege.municipality.acts.report_execution import ReportExecution
from kerege.municipality.acts.report_to_community import ReportToCommunity
from kerege.municipality.acts.report_to_kenesh import ReportToKenesh
from kerege.municipality.acts.request_meeting import RequestMeeting
from kerege.municipality.acts.rotate_key import RotateKey
from kerege.municipality.acts.send_forecast import SendForecast
from kerege.municipality.acts.spend import Spend
from kerege.municipality.acts.submit_initiative import SubmitInitiative
from kerege.municipality.acts.suspend import Suspend
from kerege.municipality.acts.take_edition import TakeEdition
from kerege.municipality.acts.take_over import TakeOver
from kerege.municipality.acts.transfer import Transfer

MENU: tuple[type[Act], ...] = (
    Found,
    LinkRecorder,
    ConfirmRecorder,
    LinkAccount,
    TakeOver,
    ConstituteBody,
    GrantAuthority,
    RegisterTos,
    ContractTos,
    ElectDeputies,
    NominateHead,
    ElectHead,
    AppointHead,
    AppointOfficial,
    EndMandate,
    HoldSession,
    SendForecast,
    AdoptProgramme,
    PublishDraftBudget,
    HoldHearing,
    AdoptBudget,
    Transfer,
    Spend,
    ReportExecution,
    ProposeDelegation,
    ConsentDelegation,
    DelegatePower,
    ReportDelegation,
    DemandAccount,
    ReportToKenesh,
    AssessReport,
    RaiseIssue,
    DecideIssue,
    AdoptCharter,
    RequestMeeting,
    DecideRequest,
    CallAssembly,
    HoldAssembly,
    AnswerQuestion,
    PublishResults,
    SubmitInitiative,
    ReportToCommunity,
    Correct,
    Annul,
    Suspend,
    Confirm,
    ErasePersonal,
    CallReferendum,
    RecordReferendum,
    TakeEdition,
    EnactLaw,
    RotateKey,
    DeclareRecovery,
    AdmitLoss,
)

ACTS: dict[str, type[Act]] = {act.__name__: act for act in MENU}

import type { components } from './openapi'

/**
 * The types of the API. Those of HTTP are generated from the service's description (`npm run types`); the messages of the hub, maps
 * and queries, which it doesn't describe, are written by hand.
 */
type Schemas = components['schemas']

// Session

export type Me = Schemas['MeJson']
export type SignedIn = Schemas['SignedInJson']
export type SecondFactorSetup = Schemas['SecondFactorSetupJson']
export type NewSecondFactor = Schemas['SetSecondFactorRequest']
export type RecoveryCodes = Schemas['RecoveryCodesJson']
export type Provider = Schemas['ProviderJson']
export type Demo = Schemas['DemoJson']
export type DemoPerson = Schemas['DemoPersonJson']
export type Permission = Schemas['PostJson']['may'][number]

export type OwnSession = Schemas['OwnSessionJson']

// Leave

export type Leave = Schemas['LeaveJson']
export type NewLeave = Schemas['NewLeaveRequest']

// Administration

export type Kiosk = Schemas['KioskJson']
export type FirstPassword = Schemas['FirstPasswordJson']
export type NewKiosk = Schemas['NewKioskJson']
export type OpenedKiosk = Schemas['OpenedKioskJson']
export type AccessEntry = Schemas['AccessJson']
export type PackState = Schemas['PackStateJson']
export type PackVersion = Schemas['PackVersionJson']
export type PackDraft = Schemas['PackDraftJson']
export type PackFile = Schemas['PackFileJson']
export type PackCheck = Schemas['PackCheckJson']
export type SavePackFile = Schemas['SavePackFileRequest']
export type PublishPack = Schemas['PublishPackRequest']
export type Verification = Schemas['VerificationJson']

export interface AccessQuery {
  person?: string
  kind?: string
  outcome?: string
  from?: string
  to?: string
}

// Areas, catalogue

export type Area = Schemas['AreaJson']
export type PostHolder = Schemas['HolderJson']
export type Position = Schemas['PositionJson']
export type Catalogue = Schemas['CatalogueJson']
export type Category = Schemas['CategoryJson']
export type Assignment = Schemas['AssignmentJson']
export type Duty = Schemas['DutyJson']
export type StaffChange = Schemas['StaffChangeJson']
export type NewStaffChange = Schemas['NewStaffChangeRequest']
export type StaffMember = Schemas['StaffMemberJson']
export type Vacancies = Schemas['VacanciesJson']
export type OfficeHoursAnswer = Schemas['OfficeHoursJson']

export type Ring = [number, number][]

export interface AreaFeature {
  type: 'Feature'
  properties: { code: string; name: string }
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
}

export interface AreaMap {
  type: 'FeatureCollection'
  schematic?: boolean
  features: AreaFeature[]
}

// Boards

export type Board = Schemas['BoardJson']
export type Counts = Schemas['CountsJson']
export type ChildCounts = Schemas['ChildJson']
export type TickerEntry = Schemas['TickerJson']
export type TimeUse = Schemas['TimeUseJson']
export type TimeShare = Schemas['TimeShareJson']
export type Statistics = Schemas['StatisticsJson']

// Cases

export type CaseSummary = Schemas['CaseSummaryJson']
export type CaseView = Schemas['CaseJson']
export type CaseClock = Schemas['ClockJson']
export type LadderStep = Schemas['LadderStepJson']
export type CaseReturn = CaseView['returns'][number]
export type Mediation = Schemas['MediationJson']
export type NewMediation = Schemas['MediationRequest']
export type SimilarCase = Schemas['SimilarCaseJson']
export type Supervision = Schemas['SupervisionJson']
export type Forward = Schemas['ForwardJson']
export type OutboxMessage = Schemas['OutboxMessageJson']
export type DueProof = Schemas['DueProofJson']
export type CaseTime = Schemas['CaseTimeJson']
export type CaseHold = CaseTime['holds'][number]
export type SupervisedCase = Schemas['SupervisedCaseJson']
export type CaseConsultation = Schemas['CaseConsultationJson']
export type CaseTask = Schemas['CaseTaskJson']
export type Consultation = Schemas['ConsultationJson']
export type ListedConsultation = Schemas['ListedConsultationJson']
export type MediationFigures = Schemas['MediationFiguresJson']
export type ConsultationFigures = Schemas['ConsultationFiguresJson']
export type Agenda = Schemas['AgendaJson']
export type Meeting = Schemas['MeetingJson']
export type ListedMeeting = Schemas['ListedMeetingJson']
export type LedgerItem = Schemas['LedgerItemJson']
export type NewItemDecision = Schemas['ItemDecisionRequest']
export type NewDecision = Schemas['DecisionRequest']
export type HistoryEntry = Schemas['CaseStepJson']
export type Photo = Schemas['PhotoJson']
export type Status = CaseSummary['status']
export type Step = HistoryEntry['step']
/** A step a caller may take: the last segment of its address. */
export type Action = CaseView['actions'][number]

export type NewCase = Schemas['ReportRequest']

/** The fields of all steps; each step takes some of them. */
export type ActionBody = Partial<
  Schemas['HandOverRequest'] &
    Schemas['TextAndPhotosRequest'] &
    Schemas['ResolveRequest'] &
    Schemas['TransferRequest'] &
    Schemas['CloseRequest'] &
    Schemas['ForwardRequest']
>

export interface CaseQuery {
  area?: string
  status?: string[]
  category?: string
  /** The name of a class of categories. */
  class?: string
  claimant?: string
  reporter?: string
  text?: string
  from?: string
  to?: string
  closedFrom?: string
  dueSoon?: boolean
  overdue?: boolean
  dueBefore?: string
  level?: string
  escalated?: boolean
  closedTo?: string
  /** Newest first without it. */
  order?: 'oldest'
  sort?: 'due'
  limit?: number
  cursor?: string
}

export type Inbox = Schemas['InboxJson']
export type Outage = Schemas['OutageJson']
export type InboxItem = Schemas['InboxItemJson']
export type InboxRole = InboxItem['role']

// Households

export type FieldRule = Schemas['FieldRuleJson']
export type Code = Schemas['CodeJson']
export type GroupRule = Schemas['GroupRuleJson']
export type CertificateRule = Schemas['CertificateRuleJson']
export type HouseholdRules = Schemas['HouseholdRulesJson']
export type HouseholdItem = Schemas['HouseholdItemJson']
export type HouseholdPage = Schemas['HouseholdListJson']
export type OtherResident = Schemas['OtherResidentJson']
export type FieldValue = Schemas['FieldValueJson']
export type Resident = Schemas['ResidentJson']
export type Household = Schemas['HouseholdJson']
export type NewResident = Schemas['ResidentRequest']
export type NewHousehold = Schemas['HouseholdRequest']
export type HouseholdStep = Schemas['HouseholdStepJson']
export type SurveyQuestion = Schemas['SurveyQuestionJson']
export type SurveyDefinition = Omit<Schemas['SurveyDefinitionJson'], 'filter' | 'questions'> & {
  filter: Omit<Schemas['SurveyFilterJson'], 'minAge' | 'maxAge'> & { minAge: number | null; maxAge: number | null }
  questions: SurveyQuestion[]
}
export type SurveyItem = Omit<Schemas['SurveyItemJson'], 'edition' | 'version'> & { edition: number; version: number }
export type Survey = Omit<Schemas['SurveyJson'], 'definition' | 'draft' | 'edition' | 'version'> & {
  definition: SurveyDefinition
  draft: SurveyDefinition | null
  edition: number
  version: number
}
export type SurveyTarget = Schemas['SurveyTargetJson']
export type SurveySheet = Schemas['SheetJson']
export type Invitation = Schemas['InvitationJson']
export type InvitedSurvey = Schemas['InvitedSurveyJson']
export type SurveyProgress = Record<'asked' | 'answered' | 'refused' | 'open', number>
export type SurveyAreaProgress = Omit<Schemas['AreaProgressJson'], 'progress'> & { progress: SurveyProgress }
export type QuestionResult = Omit<Schemas['QuestionResultJson'], 'answered' | 'choices' | 'average'> & {
  answered: number
  choices: { choice: string; count: number }[]
  average: number | null
}
export type SurveyResults = Omit<Schemas['SurveyResultsJson'], 'progress' | 'children' | 'questions'> & {
  progress: SurveyProgress
  children: SurveyAreaProgress[]
  questions: QuestionResult[]
}
export type ApplicationForm = Schemas['ApplicationFormJson']
export type ApplicationState = Schemas['ApplicationStateJson']
export type NewApplication = Schemas['ApplyRequest']
export type PhoneCode = Schemas['PhoneCodeJson']
export type RegistrationItem = Omit<Schemas['RegistrationItemJson'], 'residents'> & { residents: number }
export type Registration = Schemas['RegistrationJson']
export type Door = Schemas['DoorJson']
export type NewDoor = Schemas['NewDoorJson']
export type RevealRequest = Schemas['RevealRequest']
export type Revealed = Schemas['RevealedJson']
export type FoundResident = Schemas['FoundResidentJson']
export type Reveal = Schemas['RevealJson']
export type HouseholdExport = Schemas['HouseholdExportJson']
export type HouseholdExportRequest = Schemas['HouseholdExportRequest']
export type Duplicate = Schemas['DuplicateJson']
export type DuplicateList = Schemas['DuplicateListJson']
export type LikeResident = Schemas['LikeResidentJson']
export type MergeResidents = Schemas['MergeResidentsRequest']
export type LedgerForm = Schemas['FormJson']
export type HouseholdSummary = Schemas['HouseholdSummaryJson']
export type ResidentKind = Resident['kind']

// Places

export type PlaceItem = Schemas['PlaceItemJson']
export type Place = Schemas['PlaceDetailsJson']
export type PlaceKind = PlaceItem['kind']
export type NewPlace = Schemas['PlaceRequest']
export type PlaceStep = Schemas['PlaceStepJson']
export type Stay = Schemas['StayJson']
export type PlaceSummary = Schemas['PlaceSummaryJson']
export type Dwellings = Schemas['DwellingsJson']

export interface PlaceQuery {
  area?: string
  kind?: string
  type?: string
  state?: string
  overdue?: boolean
  text?: string
}

export interface PlaceChange {
  fields?: FieldChanges
  type?: string
  position?: Position
}

/** How many doors a building gets. */
export interface DoorPlan {
  units: number
  floors: number
  doorsPerFloor: number
  firstFloor?: number
}

/** A value replaces what was there, null removes it, and what isn't named stays. */
export type FieldChanges = Record<string, string | null>

export interface ResidentChange {
  kind?: ResidentKind
  relation?: string
  fields?: FieldChanges
  groups?: string[]
  certificates?: { id?: string; kind: string; expiresOn: string }[]
}

/** What is done with a whole household: the last segment of its address. */
export type HouseholdChange = 'move' | 'move-out' | 'deaths' | 'split' | 'merge' | 'head' | 'confirm'

export interface HouseholdQuery {
  area?: string
  group?: string
  kind?: string
  state?: string
  staleDays?: number
  neverVisited?: boolean
  lapsesWithinDays?: number
}

export interface RevealQuery {
  area?: string
  person?: string
  purpose?: string
  from?: string
  to?: string
  household?: string
  place?: string
  unusual?: boolean
}

// Lists, problems

export interface Page<T> {
  items: T[]
  next: string | null
}

/** A page of cases. The first page says how many there are on all pages, and whether more were found than are counted. */
export interface CasePage extends Page<CaseSummary> {
  total?: number | null
  totalIsExact?: boolean | null
}

export type ExportFormat = 'csv' | 'xlsx'
export type ImportRowState = 'new' | 'changed' | 'unchanged' | 'doubtful' | 'wrong'
export type HouseholdImport = Omit<Schemas['HouseholdImportJson'], 'done' | 'total' | 'counts'> & {
  done: number
  total: number | null
  counts: Record<ImportRowState, number>
}
export type ImportRow = Omit<Schemas['ImportRowJson'], 'number' | 'sheet' | 'line' | 'state'> & {
  number: number
  sheet: number
  line: number
  state: ImportRowState
}
export type CaseExport = Omit<Schemas['ExportJson'], 'state' | 'written' | 'total' | 'bytes'> & {
  state: 'waiting' | 'running' | 'done' | 'failed'
  written: number
  total: number | null
  bytes: number | null
}

/** A problem and what it adds of its own, by its code. An answer that is none of the service's has no code. */
export interface Problem extends Partial<Schemas['ProblemDetails']> {
  [extension: string]: unknown
  reason?: string
}

// Live

type Frame = Pick<Board, 'epoch' | 'sequence' | 'asOf' | 'day' | 'counts' | 'children' | 'ticker'>

export interface AreaFrame extends Frame {
  area: string
  previous: number
  full: boolean
}

interface Change {
  step: Step
  by: string
  byName: string
  case: CaseSummary
}

export interface CaseChange extends Change {
  id: string
  version: number
}

export interface InboxChange extends Change {
  role: InboxRole | 'gone'
  unread: boolean
  caseId: string
}

/** A case left the inbox of somebody who may not see it any more: nothing else is told of it. */
export interface InboxLoss extends Record<keyof Change, null> {
  role: 'gone'
  unread: false
  caseId: string
}

// The worker's day

export type * from './visitTypes'
export type { WorkerDay } from '@/field/day/dayTypes'
export type Appointment = Schemas['AppointmentJson']
export interface AppointmentQuery {
  from?: string
  until?: string
  area?: string
  household?: string
}

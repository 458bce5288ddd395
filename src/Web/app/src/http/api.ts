import type {
  Appointment,
  AppointmentQuery,
  CaseRecord,
  HandOverNote,
  HouseholdVisit,
  WorkerDay,
  AccessEntry,
  AccessQuery,
  Action,
  ActionBody,
  Agenda,
  Area,
  AreaMap,
  Assignment,
  Board,
  CaseExport,
  CasePage,
  CaseQuery,
  CaseTime,
  CaseView,
  Catalogue,
  Consultation,
  ConsultationFigures,
  Demo,
  Duty,
  DueProof,
  ExportFormat,
  FirstPassword,
  HistoryEntry,
  HouseholdImport,
  ImportRow,
  ImportRowState,
  Inbox,
  Kiosk,
  ListedConsultation,
  Leave,
  ListedMeeting,
  Me,
  Meeting,
  NewCase,
  NewDecision,
  NewItemDecision,
  NewKiosk,
  NewLeave,
  NewSecondFactor,
  OfficeHoursAnswer,
  OpenedKiosk,
  OwnSession,
  PackCheck,
  PackDraft,
  PackFile,
  PackState,
  PackVersion,
  Page,
  Photo,
  Position,
  PostHolder,
  Provider,
  PublishPack,
  RecoveryCodes,
  SavePackFile,
  SecondFactorSetup,
  SignedIn,
  SimilarCase,
  Statistics,
  OutboxMessage,
  SupervisedCase,
  StaffChange,
  NewStaffChange,
  StaffMember,
  Vacancies,
  TimeUse,
  Verification,
  HouseholdChange,
  FoundResident,
  Household,
  HouseholdItem,
  OtherResident,
  HouseholdQuery,
  HouseholdRules,
  HouseholdStep,
  HouseholdSummary,
  Place,
  PlaceChange,
  PlaceItem,
  PlaceQuery,
  PlaceStep,
  PlaceSummary,
  DoorPlan,
  Dwellings,
  NewPlace,
  Stay,
  HouseholdExport,
  HouseholdExportRequest,
  DuplicateList,
  MergeResidents,
  LedgerForm,
  NewHousehold,
  NewResident,
  ResidentChange,
  HouseholdPage,
  FieldChanges,
  Door,
  NewDoor,
  Registration,
  RegistrationItem,
  Survey,
  SurveyDefinition,
  SurveyItem,
  SurveyResults,
  SurveySheet,
  SurveyTarget,
} from './apiTypes'
import type {
  AddressRule,
  ChangedArea,
  ErasureImpact,
  NewSubjectRequest,
  ProposedMove,
  Reassignment,
  ResidentSheet,
  SubjectRequest,
  SubjectRequestItem,
  SubjectRequestState,
} from './changeTypes'
import type { Call } from './httpClient'
import { client } from './client'

const id = encodeURIComponent

/** Every call the pages make. A list answers one page; pass `cursor` for the next. */
export const api = {
  signIn: (account: string, password: string, code?: string) =>
    client.post<SignedIn>('/api/session', { account, password, code }),
  signInDemo: (account: string) => client.post<SignedIn>('/api/session', { account, demo: true }),
  signOut: () => client.delete<void>('/api/session'),
  me: () => client.get<Me>('/api/me'),
  changePassword: (current: string, password: string) => client.post<void>('/api/me/password', { current, password }),
  phoneKey: async () => (await client.post<{ key: string }>('/api/me/phone-key')).key,
  ownSessions: () => client.get<Page<OwnSession>>('/api/me/sessions'),
  endSession: (session: string) => client.delete<void>(`/api/me/sessions/${id(session)}`),
  endOtherSessions: () => client.delete<void>('/api/me/sessions', { query: { others: true } }),
  openKiosk: (code: string) => client.post<OpenedKiosk>('/api/kiosk', { code }),
  prepareSecondFactor: () => client.post<SecondFactorSetup>('/api/me/second-factor/setup'),
  setSecondFactor: (setup: NewSecondFactor) => client.post<RecoveryCodes>('/api/me/second-factor', setup),
  provider: () => client.get<Provider>('/api/openid'),
  demo: () => client.get<Demo>('/api/demo'),

  area: (code: string) => client.get<Area>(`/api/areas/${id(code)}`),
  areaChildren: (code: string) => client.get<Page<Area>>(`/api/areas/${id(code)}/children`, { query: { limit: 200 } }),
  areaPeople: (code: string) => client.get<Page<PostHolder>>(`/api/areas/${id(code)}/people`),
  areaMap: (code: string) => client.get<AreaMap>(`/api/areas/${id(code)}/map`),
  findAreas: (text: string, under?: string, signal?: AbortSignal) =>
    client.get<Page<Area>>('/api/areas', { query: { text, under, limit: 20 }, signal }),
  areaAt: ({ lon, lat }: Position) => client.get<Area>('/api/areas/at', { query: { lon, lat } }),
  catalogue: () => client.get<Catalogue>('/api/catalogue'),
  officeHours: () => client.get<OfficeHoursAnswer>('/api/office-hours'),

  board: (code: string) => client.get<Board>(`/api/areas/${id(code)}/board`),
  statistics: (code: string) => client.get<Statistics>(`/api/areas/${id(code)}/statistics`),
  timeUse: (code: string) => client.get<TimeUse>(`/api/areas/${id(code)}/time`),

  cases: (query: CaseQuery, signal?: AbortSignal) =>
    client.get<CasePage>('/api/cases', { query: { ...query }, signal }),
  exportCases: (query: CaseQuery, format: ExportFormat) =>
    client.get<Blob>('/api/cases/export', { query: { ...query, format } }),
  exports: () => client.get<Page<CaseExport>>('/api/exports'),
  askForExport: (query: CaseQuery, format: ExportFormat) =>
    client.post<CaseExport>('/api/exports', undefined, { query: { ...query, format } }),
  exportFile: (exportId: string) => client.get<Blob>(`/api/exports/${id(exportId)}/file`),
  deleteExport: (exportId: string) => client.delete<void>(`/api/exports/${id(exportId)}`),
  householdImports: () => client.get<Page<HouseholdImport>>('/api/households/imports'),
  importHouseholds: (file: File, area: string) => {
    const form = new FormData()
    form.append('file', file, 'households')
    form.append('area', area)
    return client.upload<HouseholdImport>('/api/households/imports', form)
  },
  householdImportRows: (importId: string, state?: ImportRowState, cursor?: string) =>
    client.get<Page<ImportRow>>(`/api/households/imports/${id(importId)}/rows`, {
      query: { state, limit: 100, cursor },
    }),
  householdImportErrors: (importId: string) => client.get<Blob>(`/api/households/imports/${id(importId)}/errors.xlsx`),
  householdExports: () => client.get<Page<HouseholdExport>>('/api/households/exports'),
  askForHouseholdExport: (request: HouseholdExportRequest) =>
    client.post<HouseholdExport>('/api/households/exports', request),
  householdExportFile: (exportId: string) => client.get<Blob>(`/api/households/exports/${id(exportId)}/file`),
  deleteHouseholdExport: (exportId: string) => client.delete<void>(`/api/households/exports/${id(exportId)}`),
  duplicates: (area: string) => client.get<DuplicateList>('/api/households/duplicates', { query: { area } }),
  mergeResidents: (request: MergeResidents) => client.post<Household>('/api/households/duplicates/merge', request),
  distinguishResidents: (pair: { one: string; other: string }) =>
    client.post<void>('/api/households/duplicates/distinct', pair),
  forms: () => client.get<Page<LedgerForm>>('/api/households/forms'),
  formInClear: (form: string, area: string, purpose: string) =>
    client.post<Blob>(`/api/households/forms/${id(form)}`, { area, purpose }),
  form: (form: string, area: string) => client.get<Blob>(`/api/households/forms/${id(form)}`, { query: { area } }),
  householdTemplate: () => client.get<Blob>('/api/households/template.xlsx'),
  applyHouseholdImport: (importId: string) =>
    client.post<HouseholdImport>(`/api/households/imports/${id(importId)}/apply`),
  undoHouseholdImport: (importId: string) =>
    client.post<HouseholdImport>(`/api/households/imports/${id(importId)}/undo`),
  deleteHouseholdImport: (importId: string) => client.delete<void>(`/api/households/imports/${id(importId)}`),
  case: (caseId: string) => client.get<CaseView>(`/api/cases/${id(caseId)}`),
  history: (caseId: string, cursor?: string) =>
    client.get<Page<HistoryEntry>>(`/api/cases/${id(caseId)}/history`, { query: { limit: 100, cursor } }),
  casePhoto: (caseId: string, photo: string, size?: 'thumb') =>
    client.get<Blob>(`/api/cases/${id(caseId)}/photos/${id(photo)}`, { query: { size } }),
  report: (report: NewCase, key?: string) => client.post<CaseView>('/api/cases', report, { key }),
  act: (caseId: string, action: Action, body: ActionBody = {}, call: Pick<Call, 'key' | 'ifMatch'> = {}) =>
    client.post<CaseView>(`/api/cases/${id(caseId)}/${action}`, body, call),
  caseTime: (caseId: string) => client.get<CaseTime>(`/api/cases/${id(caseId)}/time`),
  dueProof: (caseId: string) => client.get<DueProof>(`/api/cases/${id(caseId)}/proof`),
  similarCases: (caseId: string) => client.get<Page<SimilarCase>>(`/api/cases/${id(caseId)}/duplicates`),
  merge: (caseId: string, into: string, reason: string) =>
    client.post<CaseView>(`/api/cases/${id(caseId)}/merge`, { into, reason }),
  link: (caseId: string, to: string, reason: string) =>
    client.post<CaseView>(`/api/cases/${id(caseId)}/link`, { to, reason }),
  supervisions: (query: { area?: string; state?: string }, cursor?: string) =>
    client.get<Page<SupervisedCase>>('/api/supervisions', { query: { ...query, cursor } }),
  outbox: (query: { to?: string; state?: string }, cursor?: string) =>
    client.get<Page<OutboxMessage>>('/api/outbox', { query: { ...query, cursor } }),
  sendAgain: (message: string) => client.post<void>(`/api/outbox/${id(message)}/send`),

  consultations: (query: { area?: string; state?: string; year?: number }, cursor?: string) =>
    client.get<Page<ListedConsultation>>('/api/consultations', { query: { ...query, cursor } }),
  consultationFigures: (query: { area?: string; year?: number }) =>
    client.get<ConsultationFigures>('/api/consultations/figures', { query: { ...query } }),
  consultation: (consultation: string) => client.get<Consultation>(`/api/consultations/${id(consultation)}`),
  giveOpinion: (consultation: string, text: string) =>
    client.post<Consultation>(`/api/consultations/${id(consultation)}/opinion`, { text }),
  decideConsultation: (consultation: string, decision: NewDecision) =>
    client.post<Consultation>(`/api/consultations/${id(consultation)}/decide`, decision),
  agenda: (area: string) => client.get<Agenda>('/api/meetings/agenda', { query: { area } }),
  meetings: (area: string) => client.get<Page<ListedMeeting>>('/api/meetings', { query: { area } }),
  meeting: (meeting: string) => client.get<Meeting>(`/api/meetings/${id(meeting)}`),
  openMeeting: (area: string) => client.post<Meeting>('/api/meetings', { area }),
  recordAttendance: (meeting: string, present: string[]) =>
    client.post<Meeting>(`/api/meetings/${id(meeting)}/attendance`, { present }),
  decideItem: (meeting: string, decision: NewItemDecision) =>
    client.post<Meeting>(`/api/meetings/${id(meeting)}/decide`, decision),
  closeMeeting: (meeting: string, minutes: string) =>
    client.post<Meeting>(`/api/meetings/${id(meeting)}/close`, { minutes }),
  finishTask: (caseId: string, task: number, done: boolean, note: string) =>
    client.post<CaseView>(`/api/cases/${id(caseId)}/tasks/${task}/finish`, { done, note }),

  inbox: (cursor?: string, limit = 200) => client.get<Inbox>('/api/inbox', { query: { order: 'due', limit, cursor } }),
  inboxSeen: () => client.post<void>('/api/inbox/seen'),
  uploadPhoto: (file: Blob, name: string, key?: string) => {
    const form = new FormData()
    form.append('file', file, name)
    return client.upload<Photo>('/api/photos', form, { key })
  },

  leaves: (area?: string, cursor?: string) => client.get<Page<Leave>>('/api/leaves', { query: { area, cursor } }),
  enterLeave: (leave: NewLeave) => client.post<Leave>('/api/leaves', leave),
  endLeave: (leave: string) => client.post<Leave>(`/api/leaves/${id(leave)}/end`),

  resetPassword: (person: string) => client.post<FirstPassword>(`/api/admin/people/${id(person)}/password`),
  resetSecondFactor: (person: string) => client.delete<void>(`/api/admin/people/${id(person)}/second-factor`),
  endSessionsOf: (person: string) => client.delete<void>(`/api/admin/people/${id(person)}/sessions`),
  kiosks: () => client.get<Page<Kiosk>>('/api/admin/kiosks'),
  makeKiosk: (area: string, name: string) => client.post<NewKiosk>('/api/admin/kiosks', { area, name }),
  endKiosk: (kiosk: string) => client.delete<void>(`/api/admin/kiosks/${id(kiosk)}`),
  access: (query: AccessQuery, cursor?: string) =>
    client.get<Page<AccessEntry>>('/api/admin/access', { query: { ...query, limit: 100, cursor } }),
  exportAccess: (query: AccessQuery) => client.get<Blob>('/api/admin/access/export', { query: { ...query } }),
  verify: () => client.post<Verification>('/api/admin/verify'),

  staffChanges: () => client.get<Page<StaffChange>>('/api/admin/staff/changes'),
  enterStaffChange: (change: NewStaffChange) => client.post<StaffChange>('/api/admin/staff/changes', change),
  cancelStaffChange: (change: string) => client.post<StaffChange>(`/api/admin/staff/changes/${id(change)}/cancel`),
  vacancies: (area: string) => client.get<Vacancies>('/api/admin/staff/vacancies', { query: { area } }),
  staffMember: (person: string) => client.get<StaffMember>(`/api/admin/staff/people/${id(person)}`),
  duty: (query: { area?: string; from?: string; days?: number }) => client.get<Duty>('/api/duty', { query }),
  assignments: (area: string) => client.get<Page<Assignment>>('/api/catalogue/assignments', { query: { area } }),
  pack: () => client.get<PackState>('/api/admin/pack'),
  packVersions: () => client.get<Page<PackVersion>>('/api/admin/pack/versions'),
  packFile: (file: string, version?: number) =>
    client.get<PackFile>(`/api/admin/pack/files/${id(file)}`, { query: { version } }),
  savePackFile: (change: SavePackFile) => client.post<PackDraft>('/api/admin/pack/draft', change),
  discardPack: (revision: number) => client.post<void>('/api/admin/pack/draft/discard', { revision }),
  checkPack: () => client.post<PackCheck>('/api/admin/pack/draft/check'),
  publishPack: (draft: PublishPack) => client.post<PackVersion>('/api/admin/pack/draft/publish', draft),
  restorePack: (version: number, revision: number) =>
    client.post<PackDraft>(`/api/admin/pack/versions/${version}/restore`, { revision }),

  households: (query: HouseholdQuery, cursor?: string) =>
    client.get<HouseholdPage>('/api/households', { query: { ...query, limit: 100, cursor } }),
  workerDay: (day?: string) => client.get<WorkerDay>('/api/worker-days/me', { query: { day } }),
  caseRecords: (caseId: string) => client.get<Page<CaseRecord>>(`/api/cases/${id(caseId)}/field-records`),
  handOvers: () => client.get<Page<HandOverNote>>('/api/hand-overs'),
  visitsOf: (household: string) => client.get<Page<HouseholdVisit>>(`/api/households/${id(household)}/visits`),
  appointments: (query: AppointmentQuery) =>
    client.get<Page<Appointment>>('/api/appointments', { query: { ...query } }),
  appointment: (appointment: string) => client.get<Appointment>(`/api/appointments/${id(appointment)}`),
  ownHouseholds: () => client.get<Page<HouseholdItem>>('/api/households/mine'),
  ownResidents: () => client.get<Page<OtherResident>>('/api/households/mine/residents'),
  householdRules: () => client.get<HouseholdRules>('/api/households/rules'),
  householdSummary: (code: string) => client.get<HouseholdSummary>(`/api/areas/${id(code)}/households/summary`),
  household: (household: string) => client.get<Household>(`/api/households/${id(household)}`),
  householdHistory: (household: string, cursor?: string) =>
    client.get<Page<HouseholdStep>>(`/api/households/${id(household)}/history`, { query: { limit: 100, cursor } }),
  createHousehold: (household: NewHousehold) => client.post<Household>('/api/households', household),
  correctHousehold: (household: string, fields: FieldChanges, ifMatch: number) =>
    client.patch<Household>(`/api/households/${id(household)}`, { fields }, { ifMatch }),
  setDwelling: (household: string, place: string, ifMatch: number) =>
    client.patch<Household>(`/api/households/${id(household)}`, { fields: {}, place }, { ifMatch }),
  addResident: (household: string, resident: NewResident) =>
    client.post<Household>(`/api/households/${id(household)}/residents`, resident),
  correctResident: (household: string, resident: string, change: ResidentChange, ifMatch: number) =>
    client.patch<Household>(`/api/households/${id(household)}/residents/${id(resident)}`, change, { ifMatch }),
  changeHousehold: (household: string, change: HouseholdChange, body: object = {}, call: Pick<Call, 'ifMatch'> = {}) =>
    client.post<Household>(`/api/households/${id(household)}/${change}`, body, call),
  changedAreas: () => client.get<Page<ChangedArea>>('/api/reassignments/areas'),
  proposeReassignment: (from: string, rules: AddressRule[], cursor?: string) =>
    client.post<Page<ProposedMove>>('/api/reassignments/proposal', { from, rules }, { query: { limit: 200, cursor } }),
  reassign: (moves: { to: string; households: string[] }[]) =>
    client.post<Reassignment>('/api/reassignments', { moves }),
  reassignments: () => client.get<Page<Reassignment>>('/api/reassignments', { query: { limit: 20 } }),
  undoReassignment: (one: string) => client.post<Reassignment>(`/api/reassignments/${id(one)}/undo`),
  subjectRequests: (pending: boolean, cursor?: string) =>
    client.get<Page<SubjectRequestItem> & { overdue: number }>('/api/subject-requests', {
      query: { limit: 50, cursor, ...(pending && { pending: true }) },
    }),
  subjectRequestsOf: (resident: string) =>
    client.get<Page<SubjectRequestItem>>('/api/subject-requests', { query: { resident } }),
  subjectRequest: (one: string) => client.get<SubjectRequest>(`/api/subject-requests/${id(one)}`),
  openSubjectRequest: (request: NewSubjectRequest) => client.post<SubjectRequest>('/api/subject-requests', request),
  decideSubjectRequest: (one: string, outcome: SubjectRequestState, reason: string) =>
    client.post<SubjectRequest>(`/api/subject-requests/${id(one)}/decide`, { outcome, reason }),
  carryOutSubjectRequest: (one: string, body: { correction?: ResidentChange; erase?: boolean }) =>
    client.post<SubjectRequest>(`/api/subject-requests/${id(one)}/carry-out`, body),
  residentSheet: (household: string, resident: string) =>
    client.get<ResidentSheet>(`/api/households/${id(household)}/residents/${id(resident)}/sheet`),
  erasureImpact: (household: string, resident: string) =>
    client.get<ErasureImpact>(`/api/households/${id(household)}/residents/${id(resident)}/impact`),
  /** By POST: what is looked for is personal, and an address is written into logs. */
  searchResidents: (text: string, area?: string) =>
    client.post<Page<FoundResident>>('/api/residents/search', { text, area }),

  surveys: () => client.get<Page<SurveyItem>>('/api/surveys'),
  survey: (survey: string) => client.get<Survey>(`/api/surveys/${id(survey)}`),
  draftSurvey: (area: string, definition: SurveyDefinition) =>
    client.post<Survey>('/api/surveys', { area, ...definition }),
  changeSurvey: (survey: string, definition: SurveyDefinition, ifMatch: number) =>
    client.put<Survey>(`/api/surveys/${id(survey)}/draft`, definition, { ifMatch }),
  publishSurvey: (survey: string, ifMatch: number) =>
    client.post<Survey>(`/api/surveys/${id(survey)}/publish`, undefined, { ifMatch }),
  closeSurvey: (survey: string, reason: string) => client.post<Survey>(`/api/surveys/${id(survey)}/close`, { reason }),
  /** Without an area those of one's own households. */
  surveyTargets: (survey: string, area?: string) =>
    client.get<Page<SurveyTarget>>(`/api/surveys/${id(survey)}/targets`, { query: { area } }),
  surveySheet: (survey: string, subject: string) =>
    client.get<SurveySheet>(`/api/surveys/${id(survey)}/sheets/${id(subject)}`),
  answerSurvey: (survey: string, subject: string, answers: Record<string, string>, correction: boolean) =>
    client.post<SurveySheet>(`/api/surveys/${id(survey)}/answers`, { subject, answers, correction }),
  refuseSurvey: (survey: string, subject: string, reason: string) =>
    client.post<SurveySheet>(`/api/surveys/${id(survey)}/refusals`, { subject, reason }),
  surveyResults: (survey: string, area: string) =>
    client.get<SurveyResults>(`/api/surveys/${id(survey)}/results`, { query: { area } }),
  exportSurvey: (survey: string, area: string) =>
    client.get<Blob>(`/api/surveys/${id(survey)}/export.xlsx`, { query: { area } }),
  places: (query: PlaceQuery, cursor?: string) =>
    client.get<Page<PlaceItem>>('/api/places', { query: { ...query, limit: 100, cursor } }),
  ownPlaces: () => client.get<Page<PlaceItem>>('/api/places/mine'),
  placeSummary: (code: string) => client.get<PlaceSummary>(`/api/areas/${id(code)}/places/summary`),
  place: (place: string) => client.get<Place>(`/api/places/${id(place)}`),
  placeContents: (place: string) => client.get<Page<PlaceItem>>(`/api/places/${id(place)}/contents`),
  placeHouseholds: (place: string) => client.get<Page<Stay>>(`/api/places/${id(place)}/households`),
  placeHistory: (place: string, cursor?: string) =>
    client.get<Page<PlaceStep>>(`/api/places/${id(place)}/history`, { query: { limit: 100, cursor } }),
  createPlace: (place: NewPlace) => client.post<Place>('/api/places', place),
  correctPlace: (place: string, change: PlaceChange, ifMatch: number) =>
    client.patch<Place>(`/api/places/${id(place)}`, change, { ifMatch }),
  changePlace: (place: string, change: 'move' | 'close' | 'reopen' | 'visit', body: object = {}) =>
    client.post<Place>(`/api/places/${id(place)}/${change}`, body),
  makeDwellings: (building: string, plan: DoorPlan) =>
    client.post<Dwellings>(`/api/places/${id(building)}/dwellings`, plan),

  /** Without an area those of one's own households. */
  registrations: (area?: string, cursor?: string) =>
    client.get<Page<RegistrationItem>>('/api/registrations', { query: { area, cursor } }),
  registration: (registration: string) => client.get<Registration>(`/api/registrations/${id(registration)}`),
  confirmRegistration: (registration: string) =>
    client.post<Registration>(`/api/registrations/${id(registration)}/confirm`),
  declineRegistration: (registration: string, reason: string) =>
    client.post<Registration>(`/api/registrations/${id(registration)}/decline`, { reason }),
  doors: (area?: string) => client.get<Page<Door>>('/api/registrations/doors', { query: { area } }),
  makeDoor: (area: string, household?: string) => client.post<NewDoor>('/api/registrations/doors', { area, household }),
  endDoor: (door: string) => client.delete<void>(`/api/registrations/doors/${id(door)}`),

  ownPhoto: (photo: string, size?: 'thumb') => client.get<Blob>(`/api/photos/${id(photo)}`, { query: { size } }),
}

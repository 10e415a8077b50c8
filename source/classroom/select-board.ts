import type {SeatState, StepReport} from './protocol.js';
import type {BoardUpdate, ClassState, Seat, StepOutline, TeacherAction, WorkshopOutline} from './room.js';

/** What a board shows: selected from the class and its seats, without words. All times are milliseconds. */

/** The class as a board knows it. `now`: the hub's clock. */
export type Room = {class: ClassState; seats: ReadonlyMap<string, Seat>; now: number};

/** The room after an update; null until the class itself has come. */
export const applyUpdate = (
	room: Room | null,
	{now, class: changed, seats, removed = []}: BoardUpdate,
): Room | null => {
	const state = changed ?? room?.class;
	if (!state) return null;
	if (room && seats.length === 0 && removed.length === 0) return {class: state, seats: room.seats, now};
	const all = new Map(room?.seats);
	for (const seat of seats) all.set(seat.id, seat);
	for (const id of removed) all.delete(id);
	return {class: state, seats: all, now};
};

/** The seats that have not left, by name. */
export const selectSeats = ({seats}: Pick<Room, 'seats'>): readonly Seat[] => {
	const known = sortedCache.get(seats);
	if (known) return known;
	const sorted = [...seats.values()]
		.filter(({presence}) => presence !== 'left')
		.sort((one, other) => compareNames.compare(one.name, other.name) || (one.id < other.id ? -1 : 1));
	sortedCache.set(seats, sorted);
	return sorted;
};

/** Sorting takes longer than all else that is selected. */
const sortedCache = new WeakMap<Room['seats'], readonly Seat[]>();

const compareNames = new Intl.Collator(undefined, {numeric: true});

/** The workshop that a seat is in; null if the pack does not hold it, or holds another version of it. */
const selectWorkshop = ({class: {workshops}}: Room, seat: Seat): WorkshopOutline | null =>
	seat.isOtherVersion ? null : (workshops.find(({id}) => id === seat.state?.workshop.id) ?? null);

/** A step with what it belongs to. `chapterNumber`: from 1. */
export type Place = {
	workshop: WorkshopOutline;
	chapter: WorkshopOutline['chapters'][number];
	chapterNumber: number;
	step: StepOutline;
};

const placesOf = (workshop: WorkshopOutline): Place[] => {
	const known = placeCache.get(workshop);
	if (known) return known;
	const places = workshop.chapters.flatMap((chapter, index) =>
		chapter.steps.map(step => ({workshop, chapter, chapterNumber: index + 1, step})),
	);
	placeCache.set(workshop, places);
	return places;
};

const placeCache = new WeakMap<WorkshopOutline, Place[]>();

/** Where a step is; null if the pack does not have it. */
export const findPlace = (workshop: WorkshopOutline | null, step: string | null): Place | null =>
	(workshop && placesOf(workshop).find(place => place.step.id === step)) ?? null;

/** Where a seat is now: at a step, before the first one, behind the last one, or at what this board cannot know. */
export type Whereabouts = Place | 'start' | 'end' | 'unknown';

export const selectWhereabouts = (room: Room, seat: Seat): Whereabouts => {
	const {state} = seat;
	if (!state) return 'start';
	const workshop = selectWorkshop(room, seat);
	if (!workshop) return 'unknown';
	if (state.step !== null) return findPlace(workshop, state.step) ?? 'unknown';
	return hasFinished(state, workshop) ? 'end' : 'start';
};

/** Neither the first nor the last page has a step: who has been at the last main step is at the end. */
const hasFinished = ({steps}: SeatState, workshop: WorkshopOutline): boolean => {
	const last = placesOf(workshop).findLast(({step}) => step.isMain);
	return steps.some(({step}) => step === last?.step.id);
};

/** What a seat has reported of the step that it shows; null without one. */
export const selectReport = ({state}: Seat): StepReport | null =>
	state?.steps.find(({step}) => step === state.step) ?? null;

/** How many seats are somewhere. Each seat is counted once: `away` before `recorded` before `real`. */
export type Crowd = {real: number; recorded: number; away: number; all: number};

const countCrowd = (seats: readonly Seat[]): Crowd => {
	const away = seats.filter(({presence}) => presence === 'away').length;
	const recorded = seats.filter(
		({presence, state}) => presence === 'here' && state?.mode === 'recorded',
	).length;
	return {real: seats.length - away - recorded, recorded, away, all: seats.length};
};

/** Everybody who has not left. */
export const selectCrowd = (room: Pick<Room, 'seats'>): Crowd => countCrowd(selectSeats(room));

/** How many are where. `chapter`: its ID, or where else in the workshop. */
export type ChapterBar = Crowd & {
	chapter: string;
	/** From 1; null before the first chapter and behind the last one. */
	number: number | null;
	/** Null where `number` is. */
	title: string | null;
	/** Whether the class is said to be here. */
	isPace: boolean;
};

/** The bars of each workshop. A seat whose place is unknown has none. */
export const selectBars = (room: Room): Array<{workshop: WorkshopOutline; bars: ChapterBar[]}> => {
	const {workshops, pace} = room.class;
	const placed = selectSeats(room).map(seat => ({seat, at: selectWhereabouts(room, seat)}));
	return workshops.map(workshop => {
		const crowdOf = (isThere: (at: Whereabouts, seat: Seat) => boolean) =>
			countCrowd(placed.filter(({seat, at}) => isThere(at, seat)).map(({seat}) => seat));
		// Who has not reported yet is counted at the start of the first workshop.
		const isMine = ({state}: Seat) => (state?.workshop.id ?? workshops[0]?.id) === workshop.id;
		const outside = (where: 'start' | 'end'): ChapterBar => ({
			...{chapter: where, number: null, title: null, isPace: false},
			...crowdOf((at, seat) => at === where && isMine(seat)),
		});
		const inside = workshop.chapters.map(
			(chapter, index): ChapterBar => ({
				...{chapter: chapter.id, number: index + 1, title: chapter.title},
				isPace: pace?.workshop === workshop.id && pace.chapter === chapter.id,
				...crowdOf(at => typeof at !== 'string' && at.chapter === chapter),
			}),
		);
		return {workshop, bars: [outside('start'), ...inside, outside('end')]};
	});
};

/** The next thing to release for a step. `text`: null for a solution. */
export type Release = {action: Extract<TeacherAction, {action: 'release'}>; text: string | null};

/** What the class can be given next for a step: first the hints for the finding, then the others, then the solution. */
export const selectRelease = (
	{released}: ClassState,
	{workshop, step}: Pick<Place, 'workshop' | 'step'>,
	finding: string | null,
): Release | null => {
	const given = released.filter(one => one.workshop === workshop.id && one.step === step.id);
	const levelOf = (of: string | null) =>
		Math.max(0, ...given.filter(one => one.what === 'hint' && one.finding === of).map(one => one.level));
	const next = (texts: string[], of: string | null): Release | null => {
		const level = levelOf(of) + 1;
		const text = texts[level - 1];
		return text === undefined ? null : {action: {...target, what: 'hint', level, finding: of}, text};
	};
	const target = {action: 'release' as const, workshop: workshop.id, step: step.id};
	const fitting = step.fittingHints.filter(({findings}) => finding !== null && findings.includes(finding));
	const isSolutionLeft = step.hasSolution && !given.some(({what}) => what === 'solution');
	return (
		next(
			fitting.map(({text}) => text),
			finding,
		) ??
		next(step.hints, null) ??
		(isSolutionLeft ? {action: {...target, what: 'solution', level: 0, finding: null}, text: null} : null)
	);
};

/** Seats that are here and have the same finding at the same step. */
export type FindingGroup = {
	/** Identifies the group. */
	key: string;
	finding: string;
	place: Place;
	/** By name. */
	seats: Seat[];
	/** When the first of them got it, on the hub's clock. */
	since: number;
	/** Null when everything is released. */
	release: Release | null;
	/** The texts of the hints that were released for it, in order; null for the solution. */
	released: Array<string | null>;
};

/** What is wrong, at how many seats: most seats first, then the oldest. */
export const selectFindings = (room: Room): FindingGroup[] => {
	const groups = new Map<string, {finding: string; place: Place; seats: Seat[]}>();
	for (const seat of selectSeats(room)) {
		const place = selectWhereabouts(room, seat);
		const report = selectReport(seat);
		if (seat.presence !== 'here' || typeof place === 'string') continue;
		if (report?.verdict !== 'failed' || report.finding === null) continue;
		const key = `${place.workshop.id}/${place.step.id}/${report.finding}`;
		const group = groups.get(key) ?? {finding: report.finding, place, seats: []};
		group.seats.push(seat);
		groups.set(key, group);
	}
	return [...groups]
		.map(([key, {finding, place, seats}]) => ({
			key,
			finding,
			place,
			seats,
			since: Math.min(...seats.map(({changedAt}) => changedAt)),
			release: selectRelease(room.class, place, finding),
			released: releasedTexts(room.class, place, finding),
		}))
		.sort((one, other) => other.seats.length - one.seats.length || one.since - other.since);
};

const releasedTexts = (
	{released}: ClassState,
	{workshop, step}: Place,
	finding: string,
): Array<string | null> =>
	released
		.filter(one => one.workshop === workshop.id && one.step === step.id)
		.filter(one => one.finding === null || one.finding === finding)
		.map(({what, level, finding: of}) =>
			what === 'solution'
				? null
				: ((of === null
						? step.hints
						: step.fittingHints.filter(({findings}) => findings.includes(of)).map(({text}) => text))[
						level - 1
					] ?? null),
		);

/** Milliseconds without a change until a seat may be stuck, and until one that isn't is quiet. */
export const patience = {stuck: 3 * 60_000, quiet: 10 * 60_000};

/** How often in a row the same finding makes a seat stuck. */
const stubborn = 3;

/** Who needs help, and why. `since`: on the hub's clock. */
export type HelpRow = {
	seat: Seat;
	why: 'hand' | 'same-finding' | 'no-change' | 'quiet' | 'away';
	since: number;
};

/**
 * Who needs help: first the hands, in order; then the stuck, who have the same finding for the third time, or have not
 * got on for twice the room's median time at their step; then the quiet. The longest waiting first.
 */
export const selectHelp = (room: Room): HelpRow[] => {
	const median = createMedians(room);
	const rows = selectSeats(room).flatMap(seat => {
		const why = whyHelp(room, seat, median);
		return why ? [{seat, why, since: why === 'hand' ? (seat.handSince ?? 0) : seat.changedAt}] : [];
	});
	return rows.sort((one, other) => helpOrder[one.why] - helpOrder[other.why] || one.since - other.since);
};

const helpOrder: Record<HelpRow['why'], number> = {
	hand: 0,
	'same-finding': 1,
	'no-change': 1,
	quiet: 2,
	away: 3,
};

const whyHelp = (room: Room, seat: Seat, median: (place: Place) => number): HelpRow['why'] | null => {
	if (seat.handSince !== null) return 'hand';
	const place = selectWhereabouts(room, seat);
	if (place === 'end' || seat.state?.handedIn) return null;
	if (seat.presence === 'away') return 'away';
	const idle = room.now - seat.changedAt;
	if (typeof place !== 'string' && selectReport(seat)?.verdict !== 'passed') {
		if (seat.sameFinding >= stubborn && selectReport(seat)?.verdict === 'failed') return 'same-finding';
		if (idle >= Math.max(patience.stuck, 2 * median(place))) return 'no-change';
		return null;
	}
	return idle >= patience.quiet ? 'quiet' : null;
};

/** The median time that the seats of a room spent at a step, in milliseconds. */
const createMedians = ({seats}: Room): ((place: Place) => number) => {
	const times = new Map<string, number[]>();
	for (const {state, isOtherVersion} of seats.values()) {
		for (const {step, seconds} of isOtherVersion ? [] : (state?.steps ?? [])) {
			const key = `${state?.workshop.id}/${step}`;
			const known = times.get(key);
			if (known) known.push(seconds * 1000);
			else times.set(key, [seconds * 1000]);
		}
	}
	return ({workshop, step}) => {
		const sorted = (times.get(`${workshop.id}/${step.id}`) ?? []).sort((one, other) => one - other);
		const middle = Math.floor(sorted.length / 2);
		const upper = sorted[middle] ?? 0;
		return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
	};
};

/** What `doctor` found before the start. */
export type Readiness = {
	ready: number;
	/** Who has not sent what `doctor` found. */
	unexamined: number;
	/** What is not in order, at most seats first; what failed comes before what is unknown. */
	problems: Array<{id: string; verdict: 'failed' | 'unknown'; seats: Seat[]}>;
};

/** Which laptops are ready, of those that are at the start or have begun without being so. */
export const selectReadiness = (room: Pick<Room, 'seats'>): Readiness => {
	const seats = selectSeats(room);
	const problems = new Map<string, Readiness['problems'][number]>();
	for (const seat of seats) {
		for (const {id, verdict} of seat.state?.ready ?? []) {
			if (verdict === 'passed') continue;
			const key = `${verdict} ${id}`;
			const problem = problems.get(key) ?? {id, verdict, seats: []};
			problem.seats.push(seat);
			problems.set(key, problem);
		}
	}
	const examined = seats.filter(({state}) => state && state.ready.length > 0);
	return {
		ready: examined.filter(({state}) => state?.ready.every(({verdict}) => verdict !== 'failed')).length,
		unexamined: seats.length - examined.length,
		problems: [...problems.values()].sort(
			(one, other) =>
				Number(one.verdict === 'unknown') - Number(other.verdict === 'unknown') ||
				other.seats.length - one.seats.length,
		),
	};
};

/** Whether anybody has still to begin: until then a board shows who is ready. */
export const selectIsBeforeStart = (room: Room): boolean =>
	selectSeats(room).some(seat => selectWhereabouts(room, seat) === 'start');

/** A step of a seat. `report`: null if it was not shown. */
export type SeatStep = Place & {report: StepReport | null; isCurrent: boolean};

/** The steps of a seat that are in the pack, in order; optional ones only if they were shown. */
export const selectSeatSteps = (room: Room, seat: Seat): SeatStep[] => {
	const workshop = selectWorkshop(room, seat);
	return (workshop ? placesOf(workshop) : []).flatMap(place => {
		const report = seat.state?.steps.find(({step}) => step === place.step.id) ?? null;
		return report || place.step.isMain
			? [{...place, report, isCurrent: seat.state?.step === place.step.id}]
			: [];
	});
};

/** Seconds until the countdown ends; null without one, 0 when it is over. */
export const selectSecondsLeft = ({class: {countdownEndsAt}, now}: Room): number | null =>
	countdownEndsAt === null ? null : Math.max(0, Math.ceil((countdownEndsAt - now) / 1000));

import type {ClassEvent} from '../classroom/kept-class.js';
import {type ClassMessage, intervals, type SeatState} from '../classroom/protocol.js';
import type {ClassState, Seat, WorkshopOutline} from '../classroom/room.js';

/** What the hub knows of a seat, besides what the board shows. */
export type SeatRecord = {
	seat: Seat;
	/** Its public key, base64url. */
	key: string;
	/** SHA-256 of its token; empty once it has left. */
	token: string;
	/** The name that the learner chose, and the one that the class gave for it. */
	chosen: string;
	given: string;
	/** Of its last report since it joined; -1 before the first. */
	sequence: number;
	/** The last of its results; null before the first. */
	lastResult: {number: number; hash: string} | null;
	/** When it gave a sign of life last. */
	seenAt: number;
	/** The number of the last message when it joined first: what was said before was not said to it. */
	joinedAfter: number;
	/** The number of the last message that it has. */
	acknowledged: number;
	/** The number of the message that lowers its hand, until it has obeyed; else null. */
	lowered: number | null;
};

/** A message as it was sent. `to`: a seat's ID; null for all. */
type Sent = {at: number; to: string | null; message: ClassMessage};

/** IDs of seats that an event changed or removed; `isClass`: whether it changed the class itself. */
export type Changes = {seats: string[]; removed: string[]; isClass: boolean};
const changes = (some: Partial<Changes>): Changes => ({seats: [], removed: [], isClass: false, ...some});

/** The number of texts that are kept for seats that are away, and for the board. */
const keptTexts = 20;

/** The part of the class that events change. */
export type ChangingState = Pick<ClassState, 'pace' | 'countdownEndsAt' | 'released' | 'said' | 'isOver'>;

/**
 * The class in memory, made of events alone, so that a kept log gives the same again; only presence, which is not
 * kept, comes from `touch` and `sweep`. All times are milliseconds on the hub's clock. Has no effects.
 */
export class ClassRoom {
	readonly seats = new Map<string, SeatRecord>();
	/** Hashes of the tokens of seats whose place another one took. */
	readonly takenOver = new Set<string>();
	lastNumber = 0;
	readonly #byToken = new Map<string, SeatRecord>();
	readonly #hashes: Map<string, string>;
	#sent: Sent[] = [];

	constructor(workshops: WorkshopOutline[]) {
		this.#hashes = new Map(workshops.map(({id, hash}) => [id, hash]));
	}

	/** Applies what happened. Ignores what is about a seat that does not exist. */
	apply(event: ClassEvent): Changes {
		if (event.kind === 'message') return this.#send(event);
		if (event.kind === 'join') return this.#join(event);
		const record = this.seats.get(event.seat);
		if (!record) return changes({});
		if (event.kind === 'report') this.#report(record, event);
		else if (event.kind === 'hand-in') handIn(record);
		else if (event.kind === 'rename') record.seat = {...record.seat, name: event.name};
		else this.#leave(record);
		return changes({seats: [event.seat]});
	}

	/** The seat with this token, given as SHA-256. */
	findByToken(token: string): SeatRecord | null {
		return this.#byToken.get(token) ?? null;
	}

	/** Notes a sign of life; returns whether the seat was away. */
	touch(record: SeatRecord, now: number): boolean {
		record.seenAt = now;
		if (record.seat.presence !== 'away') return false;
		record.seat = {...record.seat, presence: 'here'};
		return true;
	}

	/** Marks as away who gave no sign of life for a while; returns their IDs. */
	sweep(now: number): string[] {
		const away = [...this.seats.values()].filter(
			({seat, seenAt}) => seat.presence === 'here' && now - seenAt > intervals.away,
		);
		for (const record of away) record.seat = {...record.seat, presence: 'away'};
		return away.map(({seat}) => seat.id);
	}

	/** After a kept class was read: nobody is here until it shows up. */
	forgetPresence(): void {
		for (const record of this.seats.values())
			if (record.seat.presence === 'here') record.seat = {...record.seat, presence: 'away'};
	}

	/** Forgets all seats, and what was said. */
	clear(): Changes {
		const removed = [...this.seats.keys()];
		this.seats.clear();
		this.#byToken.clear();
		this.#sent = this.#sent.filter(({message}) => message.kind === 'end');
		return changes({removed, isClass: true});
	}

	/** Notes that a seat has all messages up to a number. */
	acknowledge(record: SeatRecord, number: number): void {
		record.acknowledged = Math.max(record.acknowledged, Math.min(number, this.lastNumber));
	}

	/** The messages for a seat after a number, oldest first. A countdown has the seconds that are left. */
	messagesFor({seat, joinedAfter}: SeatRecord, after: number, now: number): ClassMessage[] {
		return this.#sent.flatMap(({at, to, message}): ClassMessage[] => {
			if (message.number <= after || (to !== null && to !== seat.id)) return [];
			const isOfItsMoment = message.kind === 'say' || message.kind === 'hand-lowered';
			if (isOfItsMoment && message.number <= joinedAfter) return [];
			if (message.kind !== 'countdown') return [message];
			return [{...message, seconds: Math.max(0, message.seconds - (now - at) / 1000)}];
		});
	}

	/** The part of the class that has changed since it began. */
	get state(): ChangingState {
		const countdown = this.#latest('countdown');
		const pace = this.#latest('pace')?.message;
		return {
			pace: pace && pace.chapter !== null ? {workshop: pace.workshop, chapter: pace.chapter} : null,
			countdownEndsAt:
				countdown && countdown.message.seconds > 0 ? countdown.at + countdown.message.seconds * 1000 : null,
			released: this.#sent.flatMap(({message}) => {
				if (message.kind !== 'release') return [];
				const {number: _, ...content} = message;
				return [content];
			}),
			said: this.#sent.flatMap(({message}) => (message.kind === 'say' ? [message.text] : [])),
			isOver: this.#latest('end') !== null,
		};
	}

	#latest<Kind extends ClassMessage['kind']>(kind: Kind) {
		const found = this.#sent.findLast(({message}) => message.kind === kind);
		return (found as {at: number; message: Extract<ClassMessage, {kind: Kind}>} | undefined) ?? null;
	}

	#join({at, seat: id, key, name, chosen, token, replaces}: Extract<ClassEvent, {kind: 'join'}>): Changes {
		const replaced = replaces === null || replaces === id ? null : this.seats.get(replaces);
		const before = this.seats.get(id) ?? replaced;
		if (before) this.#byToken.delete(before.token);
		if (replaced) {
			this.seats.delete(replaced.seat.id);
			this.#byToken.delete(replaced.token);
			if (replaced.token) this.takenOver.add(replaced.token);
		}
		const fresh = {
			state: null,
			isOtherVersion: false,
			joinedAt: at,
			handSince: null,
			changedAt: at,
			sameFinding: 0,
		};
		const record: SeatRecord = {
			joinedAfter: this.lastNumber,
			lowered: null,
			...before,
			lastResult: this.seats.get(id)?.lastResult ?? null,
			seat: {...(before?.seat ?? fresh), id, name, presence: 'here'},
			key,
			token,
			chosen,
			given: name,
			sequence: -1,
			seenAt: at,
			acknowledged: 0,
		};
		this.seats.set(id, record);
		this.#byToken.set(token, record);
		return changes({seats: [id], removed: replaced ? [replaced.seat.id] : []});
	}

	#leave(record: SeatRecord): void {
		this.#byToken.delete(record.token);
		record.token = '';
		record.seat = {...record.seat, presence: 'left', handSince: null};
	}

	#report(
		record: SeatRecord,
		{at, name, chosen, isWhole, report}: Extract<ClassEvent, {kind: 'report'}>,
	): void {
		const {sequence, lastMessage, results, ...reported} = report;
		const {seat} = record;
		const steps = isWhole ? reported.steps : mergeSteps(seat.state?.steps ?? [], reported.steps);
		// A hand that is up in a report from before the message is the one that it lowers.
		if (!reported.hand || lastMessage >= (record.lowered ?? 0)) record.lowered = null;
		const hand = reported.hand && record.lowered === null;
		const state: SeatState = {...reported, steps, hand};
		const last = results.at(-1);
		if (last) record.lastResult = {number: last.number, hash: last.hash};
		record.sequence = sequence;
		if (chosen !== record.chosen) Object.assign(record, {chosen, given: name});
		record.seat = {
			...seat,
			name,
			state,
			isOtherVersion: this.#hashes.get(state.workshop.id) !== state.workshop.hash,
			handSince: hand ? (seat.handSince ?? at) : null,
			changedAt: isSameSituation(seat.state, state) ? seat.changedAt : at,
			sameFinding: countSameFinding(seat, state),
		};
		this.touch(record, at);
	}

	#send({at, to, message}: Extract<ClassEvent, {kind: 'message'}>): Changes {
		this.lastNumber = message.number;
		const kept = this.#sent.filter(sent => !supersedes({at, to, message}, sent));
		const texts = kept.filter(sent => sent.message.kind === 'say');
		const dropped = message.kind === 'say' && texts.length >= keptTexts ? texts[0] : null;
		this.#sent = [...kept.filter(sent => sent !== dropped), {at, to, message}];
		const record = to === null || message.kind !== 'hand-lowered' ? null : this.seats.get(to);
		if (!record) return changes({isClass: true});
		record.lowered = message.number;
		const state = record.seat.state && {...record.seat.state, hand: false};
		record.seat = {...record.seat, state, handSince: null};
		return changes({seats: [record.seat.id], isClass: true});
	}
}

/** Whether a message makes an earlier one meaningless. */
const supersedes = (later: Sent, earlier: Sent): boolean => {
	const [a, b] = [later.message, earlier.message];
	if (a.kind === 'pace') return b.kind === 'pace' && a.workshop === b.workshop;
	if (a.kind === 'release') {
		return (
			b.kind === 'release' &&
			a.workshop === b.workshop &&
			a.step === b.step &&
			a.what === b.what &&
			a.finding === b.finding
		);
	}
	if (a.kind === 'hand-lowered') return b.kind === a.kind && later.to === earlier.to;
	return a.kind !== 'say' && a.kind === b.kind;
};

/** The steps with those that have changed, in the order in which they were shown first. */
const mergeSteps = (before: SeatState['steps'], changed: SeatState['steps']): SeatState['steps'] => {
	const all = new Map(before.map(step => [step.step, step]));
	for (const step of changed) all.set(step.step, step);
	return [...all.values()];
};

/** Returns the steps of a state to keep: only those that have changed, if the state before has all the others. */
export const selectChangedSteps = (
	before: SeatState | null,
	after: SeatState,
): {steps: SeatState['steps']; isWhole: boolean} => {
	const isSuccessor =
		before !== null &&
		before.workshop.hash === after.workshop.hash &&
		before.steps.every(({step}, index) => after.steps[index]?.step === step);
	if (!isSuccessor) return {steps: after.steps, isWhole: true};
	const known = before.steps.map(step => JSON.stringify(step));
	return {
		steps: after.steps.filter((step, index) => JSON.stringify(step) !== known[index]),
		isWhole: false,
	};
};

const currentStep = (state: SeatState | null) => state?.steps.find(({step}) => step === state.step) ?? null;

/** Whether step, verdict and finding are as before. */
const isSameSituation = (before: SeatState | null, after: SeatState): boolean => {
	const [a, b] = [currentStep(before), currentStep(after)];
	return (
		before?.workshop.id === after.workshop.id &&
		before.step === after.step &&
		a?.verdict === b?.verdict &&
		a?.finding === b?.finding
	);
};

const countSameFinding = ({state: before, sameFinding}: Seat, after: SeatState): number => {
	const [a, b] = [currentStep(before), currentStep(after)];
	if (!b?.finding) return 0;
	if (a?.step !== b.step || a.finding !== b.finding) return 1;
	return sameFinding + Math.max(0, b.attempts - a.attempts);
};

/** A seat that has not reported yet says so with its first report. */
const handIn = (record: SeatRecord): void => {
	const {seat} = record;
	if (seat.state) record.seat = {...seat, state: {...seat.state, handedIn: true}};
};

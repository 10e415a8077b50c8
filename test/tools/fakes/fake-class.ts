import type {SeatState, StepReport} from '../../../source/classroom/protocol.js';
import type {
	BoardUpdate,
	ClassState,
	Seat,
	StepOutline,
	TeacherAction,
	WorkshopOutline,
} from '../../../source/classroom/room.js';
import {createRandom} from '../create-random.js';

const minute = 60_000;

const step = (id: string, title: string, more: Partial<StepOutline> = {}): StepOutline => ({
	id,
	title,
	isMain: true,
	isChallenge: false,
	hints: [],
	fittingHints: [],
	hasSolution: false,
	...more,
});

/** The outline of a workshop that is like the shipped one. */
export const fakeOutline: WorkshopOutline = {
	id: 'multi-stage',
	title: 'Multi-stage builds',
	hash: 'a'.repeat(64),
	chapters: [
		{
			id: 'reference',
			title: 'The reference build',
			steps: [step('build-simple', 'Build it once'), step('run-simple', 'Run what was built')],
		},
		{
			id: 'stages',
			title: 'Multi-stage Dockerfiles',
			steps: [
				step('read-stages', 'Read the stages'),
				step('predict', 'Predict which stages run'),
				step('target', 'Build one target'),
			],
		},
		{
			id: 'buildkit',
			title: 'BuildKit',
			steps: [step('switch-builder', 'Switch the builder'), step('parallel', 'Stages side by side')],
		},
		{
			id: 'go-application',
			title: 'A Go application',
			steps: [
				step('build-whoami', 'Build whoami'),
				step('slim', 'Make the image slim', {
					isMain: false,
					isChallenge: true,
					hints: ['The last stage decides what is in the image.'],
					hasSolution: true,
				}),
			],
		},
		{
			id: 'lab',
			title: 'The lab',
			steps: [
				step('lab-port', 'Serve it on a port of your own', {
					isChallenge: true,
					hints: [
						'whoami takes its port from the flag `-port`.',
						'Three things have to agree: what listens, what is published, what you open.',
					],
					fittingHints: [
						{
							findings: ['published-wrong-port'],
							text: 'The right side of `-p` is the port that the program listens on.',
						},
						{findings: ['not-published'], text: 'A container publishes nothing by itself: look at `-p`.'},
					],
					hasSolution: true,
				}),
			],
		},
		{id: 'cleanup', title: 'Clean up', steps: [step('cleanup', 'Remove what is left')]},
	],
};

const steps = fakeOutline.chapters.flatMap(chapter => chapter.steps);

const firstNames =
	'Ada Alan Amina Ben Björk Chen Dolores Edsger Fatima Grace Hiro Ingrid José Katherine Linus Margaret Nadia Olga Priya Quentin Radia Søren Tim Uma Vint Wanda Ximena Yuki Zoë'.split(
		' ',
	);
const labFindings = [
	'published-wrong-port',
	'published-wrong-port',
	'not-published',
	'default-port',
	'exited',
];

/** A class of so many seats, each somewhere, some of them in trouble. Equal for equal seeds. */
export const fakeClass = ({
	seats = 300,
	seed = 2026,
	now = 100 * minute,
} = {}): {
	class: ClassState;
	seats: Seat[];
	now: number;
} => {
	const random = createRandom(seed);
	const state: ClassState = {
		title: 'Docker for the night shift',
		code: 'K7M-4QX',
		address: '192.168.178.21:8400',
		programHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
		fingerprint: 'c'.repeat(64),
		workshops: [fakeOutline],
		pace: {workshop: 'multi-stage', chapter: 'lab'},
		countdownEndsAt: null,
		released: [],
		said: ['Coffee is ready.'],
		isOver: false,
	};
	return {class: state, seats: Array.from({length: seats}, (_, index) => fakeSeat(index, random, now)), now};
};

const fakeSeat = (index: number, random: () => number, now: number): Seat => {
	const round = Math.floor(index / firstNames.length);
	const name = `${firstNames[index % firstNames.length]}${round > 0 ? ` ${round + 1}` : ''}`;
	const changedAt = now - Math.floor(random() ** 6 * 15 * minute);
	const roll = random();
	const presence = roll < 0.05 ? 'away' : roll < 0.06 ? 'left' : 'here';
	const hasHand = presence === 'here' && random() < 0.02;
	const state = fakeState(random, hasHand);
	const isFailed = state.steps.at(-1)?.verdict === 'failed';
	return {
		id: String(index + 1).padStart(64, '0'),
		name,
		state: random() < 0.01 ? null : state,
		isOtherVersion: random() < 0.01,
		presence,
		joinedAt: now - 90 * minute + index * 100,
		handSince: hasHand ? changedAt : null,
		changedAt,
		sameFinding: isFailed ? 1 + Math.floor(random() ** 4 * 4) : 0,
	};
};

const fakeState = (random: () => number, hand: boolean): SeatState => {
	// Most are near the pace.
	const lab = steps.findIndex(({id}) => id === 'lab-port') + 1;
	const at =
		random() < 0.5 ? lab : Math.min(steps.length, Math.floor(steps.length * (1 - random() ** 2)) + 1);
	const current = random() < 0.03 ? null : (steps[at - 1]?.id ?? null);
	const reports = current === null ? [] : steps.slice(0, at).filter(({isMain}) => isMain || random() < 0.3);
	return {
		workshop: {id: fakeOutline.id, hash: fakeOutline.hash},
		mode: random() < 0.12 ? 'recorded' : 'real',
		step: current,
		steps: reports.map((one, index) => fakeReport(one, index === reports.length - 1, random)),
		ready: ['programs', 'engine', 'builders', 'disk', 'images'].map(id => ({
			id,
			verdict: random() < (id === 'images' ? 0.06 : 0.01) ? 'failed' : random() < 0.01 ? 'unknown' : 'passed',
		})),
		hand,
		handedIn: false,
	};
};

const fakeReport = (of: StepOutline, isLast: boolean, random: () => number): StepReport => {
	const hasFailed = isLast && (of.isChallenge ? random() < 0.4 : random() < 0.08);
	const finding = of.isChallenge
		? (labFindings[Math.floor(random() * labFindings.length)] ?? null)
		: 'exit-code';
	return {
		step: of.id,
		verdict: hasFailed ? 'failed' : isLast && random() < 0.7 ? null : 'passed',
		finding: hasFailed ? finding : null,
		seconds: Math.floor(20 + random() * (of.isChallenge ? 600 : 120)),
		attempts: 1 + Math.floor(random() * 4),
		hints: of.isChallenge ? Math.floor(random() * 3) : 0,
		prediction: of.id === 'predict' ? (random() < 0.6 ? 'right' : 'wrong') : null,
	};
};

/** Every seat does something at once: what a hub would tell of it. */
export const changeSeats = (seats: readonly Seat[], now: number, random: () => number): BoardUpdate => ({
	now,
	seats: seats.map(seat => ({...seat, state: fakeState(random, seat.handSince !== null), changedAt: now})),
});

/** A hub in memory, as a board sees it: it does what a teacher asks for, and remembers it. */
export type FakeHub = {
	subscribe(onUpdate: (update: BoardUpdate) => void): () => void;
	perform(action: TeacherAction): void;
	/** Tells all boards. */
	tell(update: BoardUpdate): void;
	/** What was performed, oldest first. */
	actions: TeacherAction[];
	/** How many boards are subscribed. */
	subscribers(): number;
};

export const openFakeHub = (first: {class: ClassState; seats: Seat[]; now: number}): FakeHub => {
	let {class: state, now} = first;
	const seats = new Map(first.seats.map(seat => [seat.id, seat]));
	const listeners = new Set<(update: BoardUpdate) => void>();
	const actions: TeacherAction[] = [];
	const tell = (update: BoardUpdate) => {
		now = update.now;
		state = update.class ?? state;
		for (const seat of update.seats) seats.set(seat.id, seat);
		for (const id of update.removed ?? []) seats.delete(id);
		for (const listener of listeners) listener(update);
	};
	return {
		tell,
		actions,
		subscribers: () => listeners.size,
		subscribe(onUpdate) {
			listeners.add(onUpdate);
			onUpdate({now, class: state, seats: [...seats.values()]});
			return () => listeners.delete(onUpdate);
		},
		perform(action) {
			actions.push(action);
			const changed = changeClass(state, action, now);
			const seat = 'seat' in action ? seats.get(action.seat) : undefined;
			tell({now, class: changed, seats: seat ? [changeSeat(seat, action)] : []});
		},
	};
};

const changeClass = (state: ClassState, action: TeacherAction, now: number): ClassState => {
	if (action.action === 'say') return {...state, said: [...state.said, action.text]};
	if (action.action === 'end') return {...state, isOver: true};
	if (action.action === 'countdown') {
		return {...state, countdownEndsAt: action.seconds === 0 ? null : now + action.seconds * 1000};
	}
	if (action.action === 'pace') {
		const {workshop, chapter} = action;
		return {...state, pace: chapter === null ? null : {workshop, chapter}};
	}
	if (action.action !== 'release') return state;
	const {action: _, ...release} = action;
	return {...state, released: [...state.released, {kind: 'release', ...release}]};
};

const changeSeat = (seat: Seat, action: TeacherAction): Seat => {
	if (action.action === 'rename') return {...seat, name: action.name};
	return action.action === 'lower-hand' ? {...seat, handSince: null} : seat;
};

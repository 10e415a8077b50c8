import test from 'ava';
import type {SeatState, StepReport} from '../../source/classroom/protocol.js';
import type {BoardUpdate, ClassState, Seat} from '../../source/classroom/room.js';
import {
	applyUpdate,
	findPlace,
	type HelpRow,
	patience,
	type Room,
	selectBars,
	selectCrowd,
	selectFindings,
	selectHelp,
	selectIsBeforeStart,
	selectReadiness,
	selectRelease,
	selectSeatSteps,
	selectSecondsLeft,
	selectWhereabouts,
} from '../../source/classroom/select-board.js';
import {fakeClass, fakeOutline} from '../tools/fakes/fake-class.js';

const minute = 60_000;
const now = 100 * minute;

const report = (step: string, more: Partial<StepReport> = {}): StepReport => ({
	...{step, verdict: null, finding: null, seconds: 60, attempts: 1, hints: 0, prediction: null},
	...more,
});

const wrongPort = (more: Partial<StepReport> = {}) =>
	report('lab-port', {verdict: 'failed', finding: 'published-wrong-port', ...more});

/** A seat at the last of these steps. */
const at = (steps: StepReport[], more: Partial<SeatState> = {}): SeatState => ({
	workshop: {id: fakeOutline.id, hash: fakeOutline.hash},
	mode: 'real',
	step: steps.at(-1)?.step ?? null,
	steps,
	ready: [],
	hand: false,
	handedIn: false,
	...more,
});

const seat = (name: string, state: SeatState | null, more: Partial<Seat> = {}): Seat => ({
	...{id: name, name, state, isOtherVersion: false, presence: 'here', joinedAt: 0, handSince: null},
	...{changedAt: now, sameFinding: 0},
	...more,
});

const roomOf = (seats: Seat[], more: Partial<ClassState> = {}): Room => ({
	class: {...fakeClass({seats: 0}).class, ...more},
	seats: new Map(seats.map(one => [one.id, one])),
	now,
});

const place = test.macro((t, one: Seat, expected: string) => {
	const where = selectWhereabouts(roomOf([one]), one);
	t.is(typeof where === 'string' ? where : where.step.id, expected);
});
test('a seat is at the step that it shows', place, seat('Ada', at([report('predict')])), 'predict');
test('a seat that has reported nothing has not begun', place, seat('Ada', null), 'start');
test('nor has one on the first page', place, seat('Ada', at([])), 'start');
test(
	'whoever goes back to the first page is there',
	place,
	seat('Ada', at([report('predict')], {step: null})),
	'start',
);
test(
	'a seat that has been at the last step is at the end',
	place,
	seat('Ada', at([report('cleanup')], {step: null})),
	'end',
);
test(
	'where a seat with another version is, nobody knows',
	place,
	seat('Ada', at([report('predict')]), {isOtherVersion: true}),
	'unknown',
);
test('nor where one at an unknown step is', place, seat('Ada', at([report('other')])), 'unknown');

test('each seat is counted once: as away, in the recording, or on an engine', t => {
	const seats = [
		seat('Ada', at([report('predict')])),
		seat('Ben', at([report('target')], {mode: 'recorded'})),
		seat('Chen', at([report('predict')], {mode: 'recorded'}), {presence: 'away'}),
		seat('Dolores', at([report('predict')]), {presence: 'left'}),
		seat('Edsger', null),
	];
	t.deepEqual(selectCrowd(roomOf(seats)), {real: 2, recorded: 1, away: 1, all: 4});
	const pace = {workshop: 'multi-stage', chapter: 'stages'};
	const [{bars = []} = {}] = selectBars(roomOf(seats, {pace}));
	t.deepEqual(
		bars
			.filter(({all}) => all > 0)
			.map(({chapter, real, recorded, away, isPace}) => [chapter, real, recorded, away, isPace]),
		[
			['start', 1, 0, 0, false],
			['stages', 1, 1, 1, true],
		],
	);
	t.deepEqual(
		bars.map(({number}) => number),
		[null, 1, 2, 3, 4, 5, 6, null],
	);
});

test('of two workshops each has its bars', t => {
	const other = {...fakeOutline, id: 'other', hash: 'b'.repeat(64)};
	const seats = [
		seat('Ada', at([report('predict')])),
		seat('Ben', at([report('predict')], {workshop: {id: 'other', hash: other.hash}})),
		seat('Chen', at([], {workshop: {id: 'other', hash: other.hash}})),
	];
	const all = selectBars(roomOf(seats, {workshops: [fakeOutline, other]}));
	t.deepEqual(
		all.map(({workshop, bars}) => [
			workshop.id,
			...bars.filter(({all}) => all > 0).map(({chapter}) => chapter),
		]),
		[
			['multi-stage', 'stages'],
			['other', 'start', 'stages'],
		],
	);
});

test('equal findings at one step are a group, the largest first, then the oldest', t => {
	const failed = (finding: string, step = 'lab-port') => at([report(step, {verdict: 'failed', finding})]);
	const groups = selectFindings(
		roomOf([
			seat('Ada', failed('exited'), {changedAt: now - minute}),
			seat('Ben', failed('published-wrong-port'), {changedAt: now - 2 * minute}),
			seat('Chen', failed('published-wrong-port'), {changedAt: now - 5 * minute}),
			seat('Dolores', failed('exited', 'run-simple'), {changedAt: now - 3 * minute}),
			seat('Edsger', failed('published-wrong-port'), {presence: 'away'}),
			seat('Fatima', failed('published-wrong-port'), {presence: 'left'}),
			seat('Grace', failed('published-wrong-port'), {isOtherVersion: true}),
			// What is wrong at another step than the one that is shown is over for now.
			seat('Hiro', at([wrongPort(), report('cleanup')])),
			seat('Ingrid', at([report('lab-port', {verdict: 'unknown', finding: 'waiting'})])),
		]),
	);
	t.deepEqual(
		groups.map(({finding, place, seats, since}) => [
			...[seats.length, finding, place.step.id, (now - since) / minute],
			...seats.map(({name}) => name),
		]),
		[
			[2, 'published-wrong-port', 'lab-port', 5, 'Ben', 'Chen'],
			[1, 'exited', 'run-simple', 3, 'Dolores'],
			[1, 'exited', 'lab-port', 1, 'Ada'],
		],
	);
});

test('the hint for the finding is released first, then the general ones, then the solution', t => {
	const lab = findPlace(fakeOutline, 'lab-port');
	if (!lab) return t.fail();
	let state = roomOf([]).class;
	const given: unknown[] = [];
	for (;;) {
		const release = selectRelease(state, lab, 'published-wrong-port');
		if (!release) break;
		const {action: _, ...message} = release.action;
		given.push([message.what, message.level, message.finding, release.text !== null]);
		state = {...state, released: [...state.released, {kind: 'release', ...message}]};
	}
	t.deepEqual(given, [
		['hint', 1, 'published-wrong-port', true],
		['hint', 1, null, true],
		['hint', 2, null, true],
		['solution', 0, null, false],
	]);
	const [group] = selectFindings(roomOf([seat('Ada', at([wrongPort()]))], state));
	t.deepEqual(
		group?.released.map(text => text?.slice(0, 14)),
		['The right side', 'whoami takes i', 'Three things h', undefined],
	);
	// Hints for other findings are left.
	t.is(selectRelease(state, lab, 'not-published')?.action.finding, 'not-published');
});

const hand = (minutes: number) => ({handSince: now - minutes * minute, changedAt: now - 30 * minute});
const idle = (minutes: number) => ({changedAt: now - minutes * minute});

test('hands come first, in order, then the stuck, then the quiet, then who is away', t => {
	const open = () => at([report('predict')]);
	const passed = () => at([report('predict', {verdict: 'passed'})]);
	const rows = selectHelp(
		roomOf([
			seat('away', open(), {...idle(50), presence: 'away'}),
			seat('quiet', passed(), idle(20)),
			seat('stuck', open(), idle(5)),
			seat('longer stuck', open(), idle(8)),
			seat('second hand', open(), hand(1)),
			seat('first hand', null, hand(2)),
			seat('busy', open(), idle(1)),
			seat('reading', passed(), idle(9)),
			seat('gone', open(), {...idle(50), presence: 'left'}),
		]),
	);
	t.deepEqual(
		rows.map(({seat, why}) => [seat.name, why]),
		[
			['first hand', 'hand'],
			['second hand', 'hand'],
			['longer stuck', 'no-change'],
			['stuck', 'no-change'],
			['quiet', 'quiet'],
			['away', 'away'],
		],
	);
});

/** Whether a seat needs help in a room where others took so many seconds for its step. */
const helps = test.macro((t, one: Seat, others: number[], why: HelpRow['why'] | null) => {
	const rest = others.map((seconds, index) =>
		seat(`other ${index}`, at([report('lab-port', {seconds, verdict: 'passed'})])),
	);
	const row = selectHelp(roomOf([one, ...rest])).find(({seat}) => seat.name === 'Ada');
	t.is(row?.why ?? null, why);
});
const inLab = (seconds: number) => at([report('lab-port', {seconds})]);
test(
	'without a change for 3 minutes a seat is stuck',
	helps,
	seat('Ada', inLab(30), idle(3)),
	[],
	'no-change',
);
test('before that it is not', helps, seat('Ada', inLab(30), {changedAt: now - patience.stuck + 1}), [], null);
test(
	'where the room takes long, a seat is stuck after twice its median',
	helps,
	seat('Ada', inLab(600), idle(20)),
	[100, 600, 900],
	'no-change',
);
test('and not before', helps, seat('Ada', inLab(600), idle(19)), [100, 600, 900], null);
test(
	'the median of an even number lies between two',
	helps,
	seat('Ada', inLab(300), idle(13)),
	[300, 500, 900],
	null,
);
test(
	'the same finding three times is stuck at once',
	helps,
	seat('Ada', at([wrongPort()]), {sameFinding: 3}),
	[],
	'same-finding',
);
test('twice is not', helps, seat('Ada', at([wrongPort()]), {sameFinding: 2}), [], null);
test(
	'three times and then passed is not',
	helps,
	seat('Ada', at([report('lab-port', {verdict: 'passed'})]), {sameFinding: 3}),
	[],
	null,
);
test(
	'who has finished is neither stuck nor quiet nor away',
	helps,
	seat('Ada', at([report('cleanup')], {step: null}), {...idle(60), presence: 'away'}),
	[],
	null,
);
test(
	'nor is who has handed in',
	helps,
	seat('Ada', at([report('lab-port')], {handedIn: true}), idle(60)),
	[],
	null,
);
test('a raised hand is seen even then', helps, seat('Ada', at([], {handedIn: true}), hand(1)), [], 'hand');
test(
	'who has joined and reports nothing is quiet after a while',
	helps,
	seat('Ada', null, idle(10)),
	[],
	'quiet',
);
test('and not at once', helps, seat('Ada', null, idle(9)), [], null);

test('before the start the laptops are one list, what failed at most of them first', t => {
	const ready = (...findings: Array<[string, 'passed' | 'failed' | 'unknown']>) =>
		at([], {ready: findings.map(([id, verdict]) => ({id, verdict}))});
	const room = roomOf([
		seat('Ada', ready(['engine', 'passed'], ['images', 'failed'])),
		seat('Ben', ready(['engine', 'failed'], ['images', 'failed'])),
		seat('Chen', ready(['engine', 'passed'], ['disk', 'unknown'])),
		seat('Dolores', ready(['engine', 'passed'])),
		seat('Edsger', null),
	]);
	const {problems, ...counts} = selectReadiness(room);
	t.deepEqual(counts, {ready: 2, unexamined: 1});
	t.deepEqual(
		problems.map(({id, verdict, seats}) => [id, verdict, ...seats.map(({name}) => name)]),
		[
			['images', 'failed', 'Ada', 'Ben'],
			['engine', 'failed', 'Ben'],
			['disk', 'unknown', 'Chen'],
		],
	);
	t.true(selectIsBeforeStart(room));
	t.false(selectIsBeforeStart(roomOf([seat('Ada', at([report('predict')]))])));
});

test('the steps of a seat are those of the way, and the optional ones that it has seen', t => {
	const ada = seat('Ada', at([report('build-simple', {verdict: 'passed'}), report('slim'), wrongPort()]));
	const steps = selectSeatSteps(roomOf([ada]), ada);
	t.is(steps.length, 11);
	t.true(steps.some(({step, report}) => step.id === 'slim' && report !== null));
	t.deepEqual(
		steps.filter(({isCurrent}) => isCurrent).map(({step, report}) => [step.id, report?.finding]),
		[['lab-port', 'published-wrong-port']],
	);
	const ben = seat('Ben', at([report('predict')]));
	t.is(selectSeatSteps(roomOf([ben]), ben).length, 10);
	t.deepEqual(selectSeatSteps(roomOf([ben]), {...ben, isOtherVersion: true}), []);
});

test('updates are folded: what is not told again stays', t => {
	const first = roomOf([seat('Ada', null), seat('Ben', null)]);
	const fold = (updates: BoardUpdate[]) => updates.reduce<Room | null>(applyUpdate, first);
	t.is(applyUpdate(null, {now, seats: [seat('Ada', null)]}), null);
	const folded = fold([
		{now: now + 1, seats: [seat('Chen', null), seat('Ada', at([report('predict')]))]},
		{now: now + 2, seats: [], removed: ['Ben']},
		{now: now + 3, seats: [], class: {...first.class, isOver: true}},
	]);
	t.deepEqual([...(folded?.seats.keys() ?? [])], ['Ada', 'Chen']);
	t.is(folded?.seats.get('Ada')?.state?.step, 'predict');
	t.like(folded, {now: now + 3, class: {isOver: true}});
	t.is(first.seats.size, 2);
});

test('a countdown tells whole seconds, and 0 when it is over', t => {
	const left = (endsAt: number | null) => selectSecondsLeft(roomOf([], {countdownEndsAt: endsAt}));
	t.deepEqual([left(null), left(now + 61_001), left(now + 1), left(now - 5)], [null, 62, 1, 0]);
});

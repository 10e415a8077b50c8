import test, {type ExecutionContext} from 'ava';
import spinners from 'cli-spinners';
import type {SessionState} from '../../source/session/state.js';
import {openEmulated} from './open-emulated.js';
import {runningBuild} from './sample-runs.js';
import {identity, sampleState} from './sample-state.js';

const size = {columns: 100, rows: 30};
const connecting = sampleState({engine: {status: 'connecting'}});
const ready = sampleState({engine: {status: 'ready', identity}});
const running = sampleState({runningStepId: 'build', runs: {build: runningBuild}});
/** The build goes on, and the learner looks at something else. */
const away: Record<string, Partial<SessionState>> = {
	'another step': {stepId: 'run'},
	'the keys': {overlay: 'keys'},
	'the chapters': {overlay: 'chapters'},
	'the welcome': {screen: 'welcome'},
};

/** The marks seen so far at the place that `find` tells, until there are three of them. */
const turnsAt = async (
	t: ExecutionContext,
	state: SessionState,
	{find, environment}: {find: (rows: string[]) => string | undefined; environment?: Record<string, string>},
) => {
	const screen = openEmulated(t, state, {...size, ...(environment && {environment})});
	const seen = new Set<string>();
	await screen.waitUntil(rows => {
		const mark = find(rows);
		return mark !== undefined && seen.add(mark).size > 2;
	}, 'a mark that turns');
	return [...seen];
};

const inHeader = (rows: string[]) => /(\S) connecting/.exec(rows[0] ?? '')?.[1];
const inFooter = (rows: string[]) => /^(\S) \S/.exec(rows.findLast(row => row !== '') ?? '')?.[1];

test.serial('the header has a mark that turns while the engine is asked', async t => {
	for (const mark of await turnsAt(t, connecting, {find: inHeader})) {
		t.true(spinners.dots.frames.includes(mark), mark);
	}
});

test.serial('it turns in ASCII where the locale has no more', async t => {
	for (const mark of await turnsAt(t, connecting, {find: inHeader, environment: {LANG: 'C'}})) {
		t.true(spinners.line.frames.includes(mark), mark);
	}
});

test.serial('it turns without colours too', async t => {
	const environment = {LANG: 'C.UTF-8', NO_COLOR: '1'};
	t.true((await turnsAt(t, connecting, {find: inHeader, environment})).length > 2);
});

for (const [name, where] of Object.entries(away)) {
	test.serial(`the footer has a mark that turns while a command runs out of sight: ${name}`, async t => {
		t.true((await turnsAt(t, {...running, ...where}, {find: inFooter})).length > 2);
	});
}

test.serial('where the command is in sight, its own marks turn, and the footer has none', async t => {
	const screen = openEmulated(t, running, size);
	const rows = await screen.waitFor('c cancel');
	t.is(inFooter(rows), undefined);
});

/** The intervals that tick now. */
const watchIntervals = (t: ExecutionContext): Set<unknown> => {
	const ticking = new Set<unknown>();
	const {setInterval: begin, clearInterval: end} = globalThis;
	t.teardown(() => Object.assign(globalThis, {setInterval: begin, clearInterval: end}));
	Object.assign(globalThis, {
		setInterval(...given: Parameters<typeof begin>) {
			const timer = begin(...given);
			ticking.add(timer);
			return timer;
		},
		clearInterval(timer: Parameters<typeof end>[0]) {
			ticking.delete(timer);
			end(timer);
		},
	});
	return ticking;
};

const until = async (holds: () => boolean) => {
	while (!holds()) await new Promise(setImmediate);
};

test.serial('nothing ticks before something runs, nor after it', async t => {
	const ticking = watchIntervals(t);
	const screen = openEmulated(t, ready, size);
	await screen.waitFor('engine 26');
	t.is(ticking.size, 0);
	for (const busy of [connecting, {...running, ...away['the keys']}]) {
		screen.show(busy);
		await until(() => ticking.size === 1);
		screen.show(ready);
		await until(() => ticking.size === 0);
	}
});

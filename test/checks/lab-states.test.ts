import type {Verdict} from '../../source/checks/model.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {bringAbout} from '../lab-states/bring-about.js';
import {judgeState} from '../lab-states/judge-state.js';
import {buildLabImages, imageId} from '../lab-states/lab-images.js';
import {fillIn, type LabState} from '../lab-states/lab-state.js';
import {rightStates} from '../lab-states/right-states.js';
import {wrongStates} from '../lab-states/wrong-states.js';

/** `REPEAT_STATES=20` judges each state so often. */
const repetitions = Number(process.env.REPEAT_STATES ?? 1);

const states = Array.from({length: repetitions}, (_, index) =>
	[...rightStates, ...wrongStates].map(state => ({
		...state,
		title: index === 0 ? state.title : `${state.title}, again ${index + 1}`,
	})),
).flat();

/** Many states wait for a server: so several stand side by side. */
const sideBySide = 6;

type Judged = {verdict: Verdict; says: RegExp};

const judge = async (engine: TestEngine, state: LabState): Promise<Judged> => {
	const brought = await bringAbout(engine, state);
	try {
		const verdict = await judgeState(engine, brought);
		return {verdict, says: new RegExp(fillIn((state.says ?? /./).source, brought.values))};
	} finally {
		await brought.clear();
	}
};

/** Begins to judge them all, in order; each has a promise of its own. */
const judgeAll = (engine: TestEngine): Array<Promise<Judged>> => {
	const free = Array.from({length: sideBySide}, () => Promise.resolve());
	return states.map((state, index) => {
		const place = index % sideBySide;
		const judged = (free[place] ?? Promise.resolve()).then(() => judge(engine, state));
		free[place] = judged.then(
			() => {},
			() => {},
		);
		return judged;
	});
};

engineTests(declare => {
	let judged: Array<Promise<Judged>> = [];
	declare('the images of the lab states are built', async (t, engine) => {
		for (const id of await buildLabImages(engine)) t.regex(id, imageId);
		judged = judgeAll(engine);
	});
	for (const [index, state] of states.entries()) {
		declare(`${state.finding}: ${state.title}`, async t => {
			const found = await judged[index];
			t.is(found?.verdict.finding, state.finding, found?.verdict.reason);
			t.regex(`${found?.verdict.reason} ${found?.verdict.next}`, found?.says ?? /never/);
		});
	}
	declare('no-image: whoami was removed', async (t, engine) => {
		await engine.clean();
		const {verdict} = await judge(engine, {title: '', commands: [], finding: 'no-image'});
		t.is(verdict.finding, 'no-image', verdict.reason);
	});
});

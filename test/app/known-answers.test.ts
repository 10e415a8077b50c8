import {appendFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {findKnownAnswer, readAnswers} from '../../source/app/answers.js';
import {type OpenWorkshop, openWorkshop} from '../../source/app/open-workshop.js';
import {requireReplayBackend} from '../../source/app/replay-backend.js';
import type {Verdict} from '../../source/checks/model.js';
import type {Backend} from '../../source/session/run-context.js';
import {watchChallenge} from '../../source/session/watch-challenge.js';
import type {Step} from '../../source/workshop/model.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {writeDoingWorkshop} from '../tools/doing-workshop.js';

/** A challenge in a recording, with the lab files as they are shipped. */
const begin = (workshop: string, stepId: string) => {
	const open = openWorkshop(workshop, path.join(temporaryFolder(), 'lab'));
	const step = open.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === stepId) as Step;
	open.lab.ensure();
	return {open, step, backend: requireReplayBackend(open, 1)};
};

const judge = ({
	open,
	step,
	backend,
}: {
	open: OpenWorkshop;
	step: Step;
	backend: Backend;
}): Promise<Verdict> => {
	const abort = new AbortController();
	return new Promise<Verdict>(resolve => {
		watchChallenge(step, {
			engine: backend.engine,
			lab: open.lab,
			lastRun: () => null,
			lastProof: () => null,
			replay: backend.replay,
			onVerdict: resolve,
			signal: abort.signal,
		});
	}).finally(() => abort.abort());
};

const type = ({open, step, backend}: ReturnType<typeof begin>, line: string): void => {
	backend.replay?.read(line, {stepId: step.id, dialect: 'sh', folder: open.lab.path});
};

/** What the learner does in an editor. */
const append = ({open}: {open: OpenWorkshop}, file: string, line: string): void =>
	appendFileSync(path.join(open.lab.path, file), `${line}\n`);

const challenges = ['multi-stage', 'build-cache', 'build-mounts'].flatMap(workshop => {
	const {folder, workshop: opened} = openWorkshop(workshop, null);
	return opened.chapters
		.flatMap(({steps}) => steps)
		.filter(({kind}) => kind === 'challenge')
		.flatMap(({id}) => readAnswers(id, folder).map(({overlay}) => ({workshop, id, answer: overlay})));
});

for (const {workshop, id, answer} of sampleOf(challenges, 20)) {
	test(`in a recording of ${workshop}, ${answer.overlay} gets ${answer.finding}`, async t => {
		const place = begin(workshop, id);
		place.open.lab.applyOverlay(answer.overlay);
		for (const command of answer.commands) type(place, command.join(' '));
		const {finding, verdict, reason} = await judge(place);
		t.is(finding, answer.finding, reason);
		t.is(verdict, answer.finding === 'passed' ? 'passed' : 'failed');
	});
}

const isOwn = async (t: ExecutionContext, place: ReturnType<typeof begin>): Promise<void> => {
	t.is((await judge(place)).finding, 'not-proven');
};

test('files that are nearly a shipped solution are the learner’s own', async t => {
	const place = begin('multi-stage', 'lint-stage');
	place.open.lab.applyOverlay('solutions/lint-stage');
	t.is((await judge(place)).verdict, 'passed');
	append(place, 'simple/Dockerfile', 'RUN true');
	await isOwn(t, place);
});

test('a shipped solution beside what was written for another challenge is known', async t => {
	const place = begin('multi-stage', 'lint-stage');
	place.open.lab.applyOverlay('solutions/add-own-stage');
	append(place, 'own/Dockerfile', '# mine');
	place.open.lab.applyOverlay('solutions/lint-stage');
	t.is((await judge(place)).verdict, 'passed');
});

test('a shipped solution beside another changed file is the learner’s own', async t => {
	const place = begin('multi-stage', 'lint-stage');
	place.open.lab.applyOverlay('solutions/lint-stage');
	append(place, 'whoami/app.go', '// mine');
	await isOwn(t, place);
});

test('the files as they are shipped are no answer', async t => {
	t.not((await judge(begin('multi-stage', 'lint-stage'))).verdict, 'passed');
});

test('what an earlier line has made still passes after a wrong one', async t => {
	const place = begin('multi-stage', 'lab-port');
	type(place, 'docker run -d -p 8050:5000 whoami -port 5000');
	t.is((await judge(place)).verdict, 'passed');
	type(place, 'docker run -d -P whoami');
	t.is((await judge(place)).verdict, 'passed');
});

test('a repair that mends the file as it was before it broke is known, and its beginning is no answer', t => {
	const open = openWorkshop(writeDoingWorkshop(), path.join(temporaryFolder(), 'lab'));
	const known = () => findKnownAnswer(open, 'mend', null)?.overlay ?? null;
	open.lab.ensure();
	open.lab.applyOverlay('broken/mend');
	t.is(known(), null);
	open.lab.applyOverlay('solutions/mend');
	t.is(known(), 'solutions/mend');
	append({open}, 'app/extra.txt', 'mine');
	t.is(known(), null);
});

import {existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {emptyDeck, enrolKinds} from '../../source/review/schedule.js';
import {generatedItems} from '../../source/review/sources.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {findProcesses} from '../tools/find-processes.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {takeInventory} from './inventory.js';
import {type Place, stateOf, waitUntil} from './run-in-background.js';

/**
 * Whether the command of the trial with this number, from 0, is under way: a build has printed something; the look into
 * an image ends soon after it has begun, and its output goes.
 */
const isUnderWay = (place: Place, number: number): boolean => {
	const folder = path.join(stateOf(place), 'transcripts');
	const runs = existsSync(folder) ? readdirSync(folder) : [];
	const own = runs.filter(run => run.endsWith(`-${number}`));
	return own
		.flatMap(run => ['stdout', 'stderr'].map(stream => path.join(folder, run, stream)))
		.some(file => existsSync(file) && (number > 0 || statSync(file).size > 0));
};

/** A review whose one question that is due is answered, and which is killed once that command is under way. */
const killReview = async (kind: string, number: number, place: Place, {env}: TestEngine): Promise<void> => {
	mkdirSync(stateOf(place), {recursive: true});
	const others = generatedItems.kinds.filter(one => one !== kind);
	const deck = enrolKinds(emptyDeck, others, Date.now());
	writeFileSync(path.join(stateOf(place), 'review.json'), JSON.stringify(deck));
	const terminal = openTerminal({...place, env, args: ['review']});
	await terminal.waitFor('Type a number from 1 to');
	terminal.press('1');
	await terminal.waitFor('> 1');
	terminal.press(keys.enter);
	await waitUntil(() => isUnderWay(place, number), 'the command had begun');
	terminal.kill('SIGKILL');
	await terminal.exited;
	// What the engine was asked for goes on without the program, and ends by itself.
	await waitUntil(() => findProcesses(`HOME=${place.home}`).length === 0, 'what was under way had ended');
};

const cleanUp = async (t: ExecutionContext, place: Place, {env}: TestEngine): Promise<void> => {
	const {exitCode, stderr} = await runCli(['cleanup', '--yes'], {...place, env});
	t.is(exitCode, 0, stderr);
};

/** Its question is not due any more, once it is answered. */
const reviewAgain = async (t: ExecutionContext, place: Place, {env}: TestEngine): Promise<void> => {
	const {exitCode, stderr} = await runCli(['review'], {...place, env, stdin: '\n'});
	t.is(exitCode, 0, stderr);
	t.regex(stderr, /What can be built is built on your engine/);
};

engineTests(
	declare => {
		for (const [what, kind, number] of [
			['a build', 'copied', 0],
			['a build of the legacy builder', 'stages-legacy', 0],
			['the look into an image', 'copied', 1],
		] as const) {
			for (const [who, tidyUp] of [
				['a clean-up', cleanUp],
				['the next review', reviewAgain],
			] as const) {
				declare(
					`a review killed during ${what} leaves nothing that ${who} does not remove`,
					async (t, engine) => {
						const theirs = await takeInventory(engine);
						const place = {home: temporaryFolder(), cwd: temporaryFolder()};
						await killReview(kind, number, place, engine);
						t.notDeepEqual(await takeInventory(engine), theirs, 'the kill came too early');
						await tidyUp(t, place, engine);
						t.deepEqual(await takeInventory(engine), theirs);
						t.deepEqual(readdirSync(path.join(stateOf(place), 'transcripts')), []);
					},
				);
			}
		}
	},
	['26'],
);

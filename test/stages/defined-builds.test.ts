import test from 'ava';
import {readDockerfilePlan} from '../../source/session/plan/dockerfile-plan.js';
import type {Build} from '../../source/stages/model.js';
import {readTextFile} from '../../source/storage/files.js';
import {readRecording} from '../../source/storage/recordings.js';
import {trackGraph} from '../tools/read-transcript.js';

// What buildx 0.13 and Compose 2.26 (engine 26), buildx 0.29 and Compose 2.40 (engine 28) really printed.

const folder = 'test/fixtures/workshops/targets';

const follow = (engine: string, stepId: string): Build => {
	const recording = readRecording(folder, engine, {stepId, builder: 'buildkit'});
	if (!recording?.targets) throw new Error(`${engine} has no targets of ${stepId}.`);
	const source = {
		...{dockerfile: null, isUsualFile: false, target: undefined, targets: recording.targets},
		...{buildArgs: [], contexts: [], platforms: []},
	};
	const lab = {read: (file: string) => readTextFile(`${folder}/${file}`), readShipped: () => null};
	const {graph} = readDockerfilePlan(source, lab, {environment: {}});
	const {outcome, chunks} = recording;
	const exitCode = outcome.ended === 'exited' ? outcome.exitCode : 1;
	return trackGraph(graph, {
		asked: 'rawjson',
		chunks: chunks.map(({t: at, ...chunk}) => ({...chunk, at})),
		exitCode,
	});
};

const expected: Record<string, {stages: string; names: string[]; failed?: string}> = {
	'bake-two': {
		stages:
			'web/builder done, web/unused skipped, web/final done, worker/builder done, worker/test skipped, worker/final done',
		names: ['shop-web:1', 'shop-worker:1'],
	},
	'bake-one': {stages: 'builder cached, test done, final skipped', names: ['shop-tested:1']},
	'bake-broken': {
		stages:
			'broken/builder done, broken/final failed, web/builder cached, web/unused skipped, web/final cached',
		names: ['shop-web:1'],
		failed: 'broken/final line 6',
	},
	'compose-two': {
		stages:
			'web/builder cached, web/unused skipped, web/final cached, worker/builder cached, worker/test skipped, worker/final cached',
		names: ['shop-web:2', 'shop-worker:2'],
	},
	'compose-one': {stages: 'builder done, unused skipped, final done', names: ['shop-web:2']},
};

for (const engine of ['26', '28'])
	for (const [stepId, {stages, names, failed}] of Object.entries(expected))
		test(`${stepId} on engine ${engine} shows the stages of its targets`, t => {
			const build = follow(engine, stepId);
			t.is(build.stages.map(({name, status}) => `${name} ${status}`).join(', '), stages);
			t.deepEqual(build.names.map(name => name.replace('docker.io/library/', '')).toSorted(), names);
			t.is(build.failure ? `${build.failure.stage} line ${build.failure.line}` : undefined, failed);
			t.is(build.builder, 'buildkit');
		});

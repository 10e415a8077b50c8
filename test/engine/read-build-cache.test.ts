import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {parseBuildCacheSize, readBuildCacheSize} from '../../source/engine/cleanup.js';
import {engineTest} from './engines.js';
import {temporaryFolder} from './temporary-folder.js';

engineTest('the build cache grows with what BuildKit keeps', async (t, {env, docker}) => {
	t.is(await readBuildCacheSize(env), 0);
	const folder = temporaryFolder('context');
	const made =
		'FROM alpine:3.13 AS made\nRUN head -c 300000 /dev/urandom >/made\nFROM scratch\nCOPY --from=made /made /\n';
	writeFileSync(path.join(folder, 'Dockerfile'), made);
	await execa('docker', ['build', '-t', 'made', folder], {
		env: {...env, DOCKER_BUILDKIT: '1'},
		stdin: 'ignore',
	});
	// Until then the containerd store counts it as the image's.
	await docker('rmi', 'made');
	t.true(((await readBuildCacheSize(env)) ?? 0) >= 300_000);
	t.is(await readBuildCacheSize({...env, DOCKER_HOST: 'unix:///nowhere.sock'}), null);
});

const records = [
	{Size: 300, Shared: false},
	{Size: 50, Shared: true},
];
// Written by hand from the API's description: the forms from 1.52 on could not be had from an engine.
for (const [title, answer, bytes] of [
	['records, without those that are shared', {BuildCache: records}, 300],
	['no records', {BuildCache: []}, 0],
	['null, as some engines write none', {BuildCache: null}, 0],
	['a sum', {BuildCacheUsage: {TotalCount: 2, TotalSize: 300}}, 300],
	['a sum beside records', {BuildCache: records, BuildCacheUsage: {TotalCount: 2, TotalSize: 300}}, 300],
	['a sum that is left out, as of nothing', {BuildCacheUsage: {}}, 0],
	['a sum that is missing', {BuildCacheUsage: {TotalCount: 2}}, null],
	['neither', {LayersSize: 10}, null],
	['records of another form', {BuildCache: [{Bytes: 1}]}, null],
	['no answer', null, null],
] as const) {
	test.serial(`the size of a build cache: ${title}`, t => {
		t.is(parseBuildCacheSize(answer), bytes);
	});
}

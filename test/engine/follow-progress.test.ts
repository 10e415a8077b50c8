import {Readable} from 'node:stream';
import test from 'ava';
import {followProgress} from '../../source/engine/image-store.js';

// The lines are written by hand; those with `errorDetail` alone are what engines from API 1.48 on may come to send.
const follow = (...lines: object[]) => {
	const told: Array<[number, number]> = [];
	const stream = Readable.from(lines.map(line => Buffer.from(`${JSON.stringify(line)}\n`)));
	return {told, done: followProgress(stream, (done, total) => told.push([done, total]))};
};

for (const [title, line, message] of [
	['both, as older engines do', {errorDetail: {message: 'no such tag'}, error: 'no such tag'}, 'no such tag'],
	['the old one alone', {error: 'no such tag'}, 'no such tag'],
	['the new one alone', {errorDetail: {code: 404, message: 'no such tag'}}, 'no such tag'],
	['the new one without words', {errorDetail: {}}, 'no reason given'],
] as const) {
	test.serial(`an error is never taken for the end: ${title}`, async t => {
		const {done} = follow({status: 'Pulling from library/alpine', id: '3.13'}, line);
		await t.throwsAsync(done, {message});
	});
}

test.serial('what was downloaded is told as it comes', async t => {
	const {told, done} = follow(
		{status: 'Downloading', id: 'a', progressDetail: {current: 5, total: 10}},
		{status: 'Download complete', id: 'a', progressDetail: {}},
		{status: 'Status: Downloaded newer image'},
	);
	await done;
	t.deepEqual(told, [
		[5, 10],
		[10, 10],
		[10, 10],
	]);
});

import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {createRecordingLibrary} from '../../source/app/replay-backend.js';
import {temporaryFolder} from '../tools/child-environment.js';

/** A copy of the shipped workshop in which one text stands for another. */
const libraryOf = (file: string, from: string, to: string) => {
	const folder = path.join(temporaryFolder(), 'copy');
	cpSync('workshops/multi-stage', folder, {recursive: true});
	const text = readFileSync(path.join(folder, file), 'utf8');
	if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
	writeFileSync(path.join(folder, file), text.replace(from, to));
	return createRecordingLibrary(openWorkshop(folder, path.join(temporaryFolder(), 'lab')));
};

const isPlayed = test.macro(
	(t, file: string, from: string, to: string, [stepId, isSame]: [string, boolean]) => {
		const library = libraryOf(file, from, to);
		t.is(library.read({stepId, builder: null}) !== null, isSame);
		t.is(
			library.identity().version.split('.')[0],
			'28',
			'the engine that was recorded is known all the same',
		);
	},
);

for (const [what, file, from, to, played] of [
	['a corrected text', '03-multi-stage-dockerfiles.md', 'Dockerfile', 'dockerfile', ['run-simple', true]],
	[
		'another command',
		'03-multi-stage-dockerfiles.md',
		'docker run simple',
		'docker run --rm simple',
		['run-simple', false],
	],
	[
		'another text around a placeholder',
		'07-go-application.md',
		'curl localhost:{{port}}',
		'curl 127.0.0.1:{{port}}',
		['curl-whoami', false],
	],
	['another solution', 'solutions/lab-port/run.yaml', '-p, "5000"', '-p, "80:5000"', ['lab-port', false]],
	[
		'another proof',
		'07-go-application.md',
		'--rm whoami:slim',
		'--rm whoami:thin',
		['slim-whoami--3', false],
	],
] as const) {
	test(`with ${what}, the recording ${played[1] ? 'is' : 'is not'} played`, isPlayed, file, from, to, [
		...played,
	]);
}

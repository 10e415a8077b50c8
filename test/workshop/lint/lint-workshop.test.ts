import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {breaks, problemsIn, remove} from './breaks.js';

test('the sound workshop, and those that are shipped or tested with, have no problem', t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	t.deepEqual(problemsIn(folder), []);
	t.deepEqual(problemsIn('workshops/multi-stage'), []);
	t.deepEqual(problemsIn('test/fixtures/workshops/tiny'), []);
});
test(
	'no workshop.md',
	breaks,
	remove('workshop.md'),
	'workshop.md:1:1 this file is missing: a workshop begins with it',
);
test('a folder without anything', t => {
	t.deepEqual(problemsIn(temporaryFolder()), [
		'workshop.md:1:1 this file is missing: a workshop begins with it',
	]);
});

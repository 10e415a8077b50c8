import {renameSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {breaks, replace, write} from './breaks.js';

test(
	'a workshop that is called like a device of Windows',
	breaks,
	replace('workshop.md', 'id: sound', 'id: con'),
	'workshop.md:3:1 the workshop id `con` is the name of a device on Windows, and files are named after it',
);
test(
	'a chapter that is called like a device of Windows',
	breaks,
	folder => renameSync(path.join(folder, '01-first.md'), path.join(folder, '01-aux.md')),
	'01-aux.md:1:1 the chapter id `aux` is the name of a device on Windows, and files are named after it',
);
test(
	'an id that is longer than a class can be told',
	breaks,
	replace('workshop.md', 'id: sound', `id: ${'a'.repeat(65)}`),
	'workshop.md:3:1 `id` must have at most 64 characters',
);
test(
	'a chapter whose name is longer than a class can be told',
	breaks,
	folder => renameSync(path.join(folder, '01-first.md'), path.join(folder, `01-${'a'.repeat(65)}.md`)),
	`01-${'a'.repeat(65)}.md:1:1 the name of a chapter has at most 64 characters between its number and \`.md\``,
);
test(
	'a step that is called like a device of Windows',
	breaks,
	folder => {
		replace('01-first.md', 'id: read-it', 'id: nul')(folder);
		replace('01-first.md', 'needs: [read-it]', 'needs: [nul]')(folder);
	},
	'01-first.md:6:1 the step id `nul` is the name of a device on Windows, and files are named after it',
);

for (const [name, why] of Object.entries({
	nul: 'is the name of a device on Windows',
	'COM1.txt': 'is the name of a device on Windows',
	'what?.txt': 'has `?` in its name, which Windows does not allow',
	'a:b': 'has `:` in its name, which Windows does not allow',
	'notes.': 'ends with a dot or a space, which Windows leaves out',
})) {
	test(`a file called ${name}`, breaks, write(`app/${name}`, 'x'), `app/${name}:1:1 ${why}`);
}

test(
	'two files that differ in case',
	breaks,
	write('app/dockerfile', 'FROM scratch\n'),
	'app/dockerfile:1:1 differs from app/Dockerfile only in upper and lower case: on Windows and macOS they are one',
);

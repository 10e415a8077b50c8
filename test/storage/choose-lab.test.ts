import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {chooseLab} from '../../source/storage/lab-folder.js';
import {temporaryFolder} from '../tools/child-environment.js';

const folder = path.join(temporaryFolder(), 'mine');
mkdirSync(path.join(folder, 'app'), {recursive: true});
symlinkSync(folder, `${folder}-link`);

const owner = {id: 'mine', folder, contexts: ['app', 'web'], known: []};

test('the lab folder is called like the workshop, here', t => {
	t.is(chooseLab(null, owner), 'mine');
	t.is(chooseLab('elsewhere', owner), 'elsewhere');
	t.is(chooseLab(`${folder}-lab`, owner), `${folder}-lab`);
});

test('beside a workshop that is called so itself, it has another name', t => {
	const workshops = {...owner, id: 'workshops', folder: path.resolve('workshops')};
	t.is(chooseLab(null, workshops), path.resolve('workshops-lab'));
});

const home = temporaryFolder();
const makeFolder = (...parts: string[]): string => {
	const place = path.join(home, ...parts);
	mkdirSync(place, {recursive: true});
	return place;
};
const lab = path.join(home, 'course', 'mine');
const chosen = path.join(home, 'my files');
const other = makeFolder('other');
for (const place of [lab, chosen]) mkdirSync(path.join(place, 'app', 'deep'), {recursive: true});
mkdirSync(path.join(makeFolder('again', 'mine'), 'app'));
const emptied = makeFolder('emptied', 'mine');
const namesake = makeFolder('namesake', 'mine');
const workshop = makeFolder('author', 'mine');
mkdirSync(path.join(workshop, 'app'));
writeFileSync(path.join(workshop, 'workshop.md'), '');

for (const [what, {here, known, is}] of Object.entries({
	'in a lab folder, it is that one': {here: lab, known: [], is: lab},
	'deep in a lab folder, it is that one': {here: path.join(lab, 'app', 'deep'), known: [], is: lab},
	'in a lab folder of another name, it is the one that progress knows': {
		here: path.join(chosen, 'app'),
		known: [chosen],
		is: chosen,
	},
	'elsewhere, it is the one that progress knows': {here: other, known: [lab], is: lab},
	'where there is one, it is not the one that progress knows': {
		here: path.join(home, 'again'),
		known: [lab],
		is: 'mine',
	},
	'one that was cleaned up is none any more': {here: other, known: [emptied], is: 'mine'},
	'a folder that only has its name is none': {here: namesake, known: [], is: 'mine'},
	'a copy of the workshop beside it is none': {here: path.dirname(workshop), known: [], is: 'mine-lab'},
	'a copy of the workshop that was one before is none any more': {here: other, known: [workshop], is: 'mine'},
	'a workshop of the same id is none': {here: workshop, known: [], is: 'mine'},
})) {
	test(`the lab folder: ${what}`, t => {
		t.is(chooseLab(null, {...owner, known}, here), is);
	});
}

for (const [what, dir] of Object.entries({
	'the workshop itself': folder,
	'a folder in it': path.join(folder, 'app'),
	'another workshop': workshop,
	'a new folder in it': path.join(folder, 'new', 'lab'),
	'a link to it': `${folder}-link`,
})) {
	test(`${what} is no lab folder`, t => {
		t.throws(() => chooseLab(dir, owner), {message: /has the files of a workshop itself/});
	});
}

import {mkdirSync, symlinkSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {chooseLab} from '../../source/storage/choose-lab.js';
import {temporaryFolder} from '../tools/child-environment.js';

const folder = path.join(temporaryFolder(), 'mine');
mkdirSync(path.join(folder, 'app'), {recursive: true});
symlinkSync(folder, `${folder}-link`);

test('the lab folder is called like the workshop, here', t => {
	t.is(chooseLab(null, {id: 'mine', folder}), 'mine');
	t.is(chooseLab('elsewhere', {id: 'mine', folder}), 'elsewhere');
	t.is(chooseLab(`${folder}-lab`, {id: 'mine', folder}), `${folder}-lab`);
});

test('beside a workshop that is called so itself, it has another name', t => {
	t.is(chooseLab(null, {id: 'workshops', folder: path.resolve('workshops')}), path.resolve('workshops-lab'));
});

for (const [what, dir] of Object.entries({
	'the workshop itself': folder,
	'a folder in it': path.join(folder, 'app'),
	'a new folder in it': path.join(folder, 'new', 'lab'),
	'a link to it': `${folder}-link`,
})) {
	test(`${what} is no lab folder`, t => {
		t.throws(() => chooseLab(dir, {id: 'mine', folder}), {message: /belongs to the workshop itself/});
	});
}

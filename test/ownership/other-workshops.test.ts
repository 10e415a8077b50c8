import test from 'ava';
import {by, container, gave, image, made, plans, ran} from './plans-cleanup.js';

const a = {id: 'a', argument: 'a'};
const b = {id: 'b', argument: 'b'};
const imageA = image('a1', ['simple:latest'], ['root', 'a1']);
const imageB = image('b1', ['careful:latest'], ['root', 'b1']);
const madeByA = by('a', made('a1'), gave('simple:latest', 'a1'), ran('one'));
const madeByB = by('b', made('b1'), gave('careful:latest', 'b1'), ran('two'));
const engine = {
	images: [imageA, imageB],
	containers: [container('one', 'a1'), container('two', 'b1'), container('three', 'b1')],
};

test.serial(
	'what another workshop made stays, and is named',
	plans,
	{ledger: [...madeByA, ...madeByB], owner: a, ...engine},
	{
		containers: ['one'],
		names: ['simple:latest'],
		images: ['a1'],
		kept: ['container two', 'container three', 'name careful:latest', 'image careful:latest'],
	},
);
test.serial(
	'without a workshop, what all of them made may go',
	plans,
	{ledger: [...madeByA, ...madeByB], ...engine},
	{
		containers: ['one', 'two', 'three'],
		names: ['simple:latest', 'careful:latest'],
		images: ['b1', 'a1'],
	},
);
test.serial(
	'what an earlier version noted, which names no workshop, goes with any',
	plans,
	{ledger: [made('a1'), gave('simple:latest', 'a1'), ran('one'), ...madeByB], owner: b, ...engine},
	{
		containers: ['one', 'two', 'three'],
		names: ['simple:latest', 'careful:latest'],
		images: ['b1', 'a1'],
	},
);
test.serial(
	'what a review made goes with any',
	plans,
	{ledger: [...by('(review)', made('a1'), gave('simple:latest', 'a1'), ran('one'))], owner: b, ...engine},
	{containers: ['one'], names: ['simple:latest'], images: ['a1']},
);
test.serial(
	'a container that one workshop started from an image of another is its own',
	plans,
	{
		ledger: [...madeByA, ...by('b', ran('two'))],
		owner: a,
		images: [imageA],
		containers: [container('two', 'a1')],
	},
	{names: ['simple:latest'], images: ['a1'], kept: ['container two']},
);

const taken = [
	...by('a', made('a1'), gave('simple:latest', 'a1', 'cc')),
	...by('b', made('b1'), gave('simple:latest', 'b1', 'a1')),
];
test.serial(
	'a name that a workshop took from another goes back to that one',
	plans,
	{ledger: taken, owner: b, images: [image('a1'), image('b1', ['simple:latest']), image('cc')]},
	{names: ['simple:latest→a1'], images: ['b1'], kept: ['image a1']},
);
test.serial(
	'a name that a workshop took from another that was cleaned up goes back to the learner',
	plans,
	{ledger: taken, owner: b, images: [image('b1', ['simple:latest']), image('cc')]},
	{names: ['simple:latest→cc'], images: ['b1']},
);
test.serial(
	'a name that another workshop took is left to it',
	plans,
	{ledger: taken, owner: a, images: [image('a1'), image('b1', ['simple:latest']), image('cc')]},
	{images: ['a1'], kept: ['name simple:latest', 'image simple:latest']},
);
test.serial(
	'an image to which another workshop gave a name as well stays for it',
	plans,
	{
		ledger: [...madeByA, ...by('b', gave('careful:latest', 'a1'))],
		owner: a,
		images: [image('a1', ['simple:latest', 'careful:latest'])],
	},
	{names: ['simple:latest'], kept: ['image careful:latest', 'name careful:latest']},
);

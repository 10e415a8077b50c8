import test from 'ava';
import {container, gave, image, made, plans} from './plans-cleanup.js';

const built = image('b1', ['simple:latest'], ['root', 'b1']);
const build = [made('b1'), gave('simple:latest', 'b1')];

test.serial(
	'a name that was the learner’s is given back',
	plans,
	{ledger: [made('b1'), gave('simple:latest', 'b1', 'aa')], images: [built, image('aa')]},
	{names: ['simple:latest→aa'], images: ['b1']},
);
test.serial(
	'a name is given back over several builds',
	plans,
	{
		ledger: [made('b9'), gave('simple:latest', 'b9', 'aa'), made('b1'), gave('simple:latest', 'b1', 'b9')],
		images: [built, image('b9'), image('aa')],
	},
	{names: ['simple:latest→aa'], images: ['b1', 'b9']},
);
test.serial(
	'a name that the learner took in between goes back to that image',
	plans,
	{
		ledger: [made('b9'), gave('simple:latest', 'b9', 'aa'), made('b1'), gave('simple:latest', 'b1', 'cc')],
		images: [built, image('b9'), image('aa'), image('cc')],
	},
	{names: ['simple:latest→cc'], images: ['b1', 'b9']},
);
test.serial(
	'a name whose earlier image has gone is removed',
	plans,
	{ledger: [made('b1'), gave('simple:latest', 'b1', 'aa')], images: [built]},
	{names: ['simple:latest'], images: ['b1']},
);
test.serial(
	'a cached rebuild does not hide whom a name belonged to',
	plans,
	{
		ledger: [made('b1'), gave('simple:latest', 'b1', 'aa'), gave('simple:latest', 'b1', 'b1')],
		images: [built, image('aa')],
	},
	{names: ['simple:latest→aa'], images: ['b1']},
);
test.serial(
	'a name that the learner has given to another image stays',
	plans,
	{ledger: build, images: [image('b1'), image('aa', ['simple:latest'])]},
	{images: ['b1'], kept: ['name simple:latest']},
);
test.serial(
	'a name that has gone needs nothing',
	plans,
	{ledger: build, images: [image('b1')]},
	{images: ['b1']},
);

test.serial(
	'an image that the learner calls by another name stays',
	plans,
	{ledger: build, images: [image('b1', ['simple:latest', 'keep:latest'])]},
	{names: ['simple:latest'], kept: ['image keep:latest']},
);
test.serial(
	'and with it what was started by that name, but not what was started by ours',
	plans,
	{
		ledger: build,
		images: [image('b1', ['simple:latest', 'keep:latest'])],
		containers: [
			{...container('theirs', 'b1'), image: 'keep'},
			{...container('ours', 'b1'), image: 'simple'},
		],
	},
	{
		containers: ['ours'],
		names: ['simple:latest'],
		kept: ['image keep:latest', 'container theirs'],
	},
);
test.serial(
	'a second name of ours on an image of the learner’s is removed',
	plans,
	{
		ledger: [gave('simple:latest', 'aa')],
		images: [image('aa', ['theirs:latest', 'simple:latest'])],
		containers: [container('theirs', 'aa')],
	},
	{names: ['simple:latest']},
);
test.serial(
	'whichever of its names comes first',
	plans,
	{ledger: [gave('simple:latest', 'aa')], images: [image('aa', ['simple:latest', 'theirs:latest'])]},
	{names: ['simple:latest']},
);
test.serial(
	'a name that a cached build left where it was is the learner’s',
	plans,
	{ledger: [gave('simple:latest', 'aa', 'aa')], images: [image('aa', ['simple:latest'])]},
	{kept: ['name simple:latest']},
);
test.serial(
	'the only name of an image that was here before stays, for it would go too',
	plans,
	{ledger: [gave('simple:latest', 'aa')], images: [image('aa', ['simple:latest'])]},
	{kept: ['name simple:latest']},
);
test.serial(
	'so do both, when both are ours',
	plans,
	{
		ledger: [gave('simple:latest', 'aa'), gave('simple:two', 'aa')],
		images: [image('aa', ['simple:latest', 'simple:two'])],
	},
	{kept: ['name simple:latest', 'name simple:two']},
);

test.serial(
	'both images that Podman has by one short name lose it, when both got it from us',
	plans,
	{
		ledger: [made('b9'), gave('simple:latest', 'b9'), made('b1'), gave('simple:latest', 'b1', 'b9')],
		images: [image('b9', ['simple:latest']), built],
	},
	{names: ['simple:latest', 'simple:latest'], images: ['b1', 'b9']},
);

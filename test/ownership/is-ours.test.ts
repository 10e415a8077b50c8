import test from 'ava';
import {isOurContainer, isOurName, isOurVolume, selectActiveIds} from '../../source/ownership/rules.js';
import {container, engine, gave, gone, id, image, made} from './plans-cleanup.js';

test.serial('what has gone is not living any more, until it is made again', t => {
	const image = {kind: 'image' as const, engine: 'e', id: '1'};
	const gone = {kind: 'gone' as const, engine: 'e', id: '1'};
	t.deepEqual(selectActiveIds([image], 'image'), ['1']);
	t.deepEqual(selectActiveIds([image, gone], 'image'), []);
	t.deepEqual(selectActiveIds([image, gone, image], 'image'), ['1']);
	t.deepEqual(selectActiveIds([image], 'container'), []);
});

const built = image('b1', ['simple:latest', 'mine:latest'], ['root', 'b1']);
const onTop = image('d1', ['derived:latest'], ['root', 'b1', 'd1']);
const build = [made('b1'), gave('simple:latest', 'b1')];
const startedBy = (name: string, word = 'b1') => ({...container('c', word), image: name});

for (const [what, {of, images = [built, onTop], ledger = build, is}] of Object.entries({
	'started by a name that we gave': {of: startedBy('simple'), is: true},
	'started by the image’s ID': {of: startedBy(id('b1')), is: true},
	'started by a name of the learner’s for an image of ours': {of: startedBy('mine'), is: false},
	'of an image built on ours': {of: startedBy('derived', 'd1'), is: true},
	'of an image that has gone from the ledger': {
		of: startedBy('simple'),
		ledger: [...build, gone('b1')],
		is: false,
	},
	'of an image that nobody can look at': {of: startedBy(id('b1')), images: [], is: true},
})) {
	test.serial(`a container ${what} is ${is ? 'ours' : 'the learner’s'}`, t => {
		t.is(isOurContainer(of, {entries: ledger, images}), is);
	});
}

test.serial('a name of ours is one that we gave and that has not gone', t => {
	t.true(isOurName(build, 'simple:latest', id('b1')));
	t.false(isOurName(build, 'simple:latest', id('b2')));
	t.false(isOurName(build, 'mine:latest', id('b1')));
	t.false(isOurName([...build, {kind: 'gone', engine, id: 'simple:latest'}], 'simple:latest', id('b1')));
});

test.serial('a volume that we removed is not ours when it is there again', t => {
	const volume = {name: 'data', createdAt: '2026-01-01'};
	const entry = {kind: 'volume', engine, id: 'data', createdAt: '2026-01-01'} as const;
	t.true(isOurVolume([entry], volume));
	t.false(isOurVolume([entry], {...volume, createdAt: '2026-01-02'}));
	t.false(isOurVolume([entry, {kind: 'gone', engine, id: 'data'}], volume));
});

import test from 'ava';
import {HubError} from '../../source/seat/hub-client.js';
import {meetHub} from '../../source/seat/join.js';
import {loadSeatKey} from '../../source/storage/seat-key.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {openFakeHub} from '../tools/fakes/fake-hub.js';

test('both sides prove to know the code, then the seat joins with a key of its own', async t => {
	const hub = await openFakeHub(t, {greets: true});
	const met = await meetHub(hub.address, hub.code);
	t.is(met.class.title, 'Containers on Monday');
	t.is(met.fingerprint, hub.fingerprint);
	const key = loadSeatKey(temporaryFolder());
	const answer = await met.join({name: 'Ada', key, takesOver: null});
	t.is(answer.name, 'Ada');
	t.like(hub.joined, [{name: 'Ada'}]);
});

test('with another code, nothing of the learner is sent: the hub can’t prove to know it', async t => {
	const hub = await openFakeHub(t, {greets: true});
	const error = await t.throwsAsync(meetHub(hub.address, 'K7M-4QY'), {instanceOf: HubError});
	t.is(error.trouble, 'wrong-code');
	t.is(hub.received().match(/POST/g)?.length, 1);
	t.notRegex(hub.received(), /K7M|4QY|4QX/, 'the code itself never travels');
});

test('where nothing listens, that is told', async t => {
	const hub = await openFakeHub(t, {greets: true});
	await hub.kill();
	const error = await t.throwsAsync(meetHub(hub.address, hub.code), {instanceOf: HubError});
	t.is(error.trouble, 'refused');
});

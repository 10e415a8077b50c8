import type {ExecutionContext} from 'ava';
import {openBoardServer} from '../../source/board/board-server.js';
import {type FakeHub, fakeClass, openFakeHub} from '../tools/fakes/fake-class.js';

/** A class in memory with its board on this machine, closed at the end of the test. */
export const openBoard = async (
	t: ExecutionContext,
	first: Parameters<typeof openFakeHub>[0] = fakeClass({seats: 12}),
): Promise<{hub: FakeHub; url: string; close(): Promise<void>}> => {
	const hub = openFakeHub(first);
	const {url, close} = await openBoardServer(hub);
	t.teardown(close);
	return {hub, url, close};
};

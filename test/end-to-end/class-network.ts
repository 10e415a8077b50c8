import process from 'node:process';
import {execa} from 'execa';
import type {IsolatedEngine} from '../engine/isolated-engine.js';
import {atExit} from '../tools/at-exit.js';

/** A cable from a teacher's laptop to a learner's, from which no route leads anywhere. */
export type ClassNetwork = {
	/** The teacher's address on it. */
	address: string;
	/** Begins a command that is to run at the teacher's end. */
	through: string[];
};

const teacherAddress = '198.51.100.1';
const learnerAddress = '198.51.100.2';

/** Makes a network for a teacher, and connects it with that of an isolated engine, which is up. */
export const connectTeacher = async (learner: IsolatedEngine): Promise<ClassNetwork> => {
	const name = `class-story-${process.pid}`;
	atExit(() => void execa('ip', ['netns', 'del', name], {detached: true, stdio: 'ignore'}).unref());
	await execa('ip', ['netns', 'add', name]);
	const through = ['nsenter', `--net=/run/netns/${name}`, '--'];
	const ip = async ([enter = '', ...rest]: string[], ...args: string[]) =>
		execa(enter, [...rest, 'ip', ...args]);
	await ip(learner.through, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
	for (const [end, address] of [
		[through, teacherAddress],
		[learner.through, learnerAddress],
	] as const) {
		await ip(end, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
		for (const device of ['lo', 'eth0']) await ip(end, 'link', 'set', device, 'up');
	}
	return {address: teacherAddress, through};
};

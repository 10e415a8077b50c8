import type {Command, Flag} from './flags.js';

export type CommandRow = {
	name: string;
	/** As the help shows them. */
	parameters: string;
	maxParameters: number;
	/** Those that only some commands take. A flag that no command lists is for all of them. */
	flags: Flag[];
	summary: string;
	/** Only the command that runs is evaluated. */
	load(): Promise<Command>;
};

/** The command that has no name on the command line. */
export const openCommand: CommandRow = {
	name: 'open',
	parameters: '[workshop]',
	maxParameters: 1,
	flags: ['watch', 'replay', 'report'],
	summary: 'open a workshop: a name, or a folder (default: multi-stage)',
	load: async () => (await import('./open.js')).open,
};

/** All commands. Dispatch, usage errors and the help come from here. */
export const commands: CommandRow[] = [
	openCommand,
	{
		name: 'list',
		parameters: '',
		maxParameters: 1,
		flags: ['json'],
		summary: 'the workshops at hand',
		load: async () => (await import('./list.js')).list,
	},
	{
		name: 'doctor',
		parameters: '',
		maxParameters: 0,
		flags: ['json'],
		summary: 'can this machine run it? each finding with its fix',
		load: async () => (await import('./doctor.js')).doctor,
	},
	{
		name: 'run',
		parameters: '[chapter…]',
		maxParameters: Number.POSITIVE_INFINITY,
		flags: ['json', 'replay', 'record', 'network', 'report'],
		summary: 'rehearse without a screen: run every step, judge each',
		load: async () => (await import('./run.js')).run,
	},
	{
		name: 'check',
		parameters: '[challenge]',
		maxParameters: 1,
		flags: ['json', 'watch'],
		summary: 'judge a challenge now (default: lab-port); --watch waits until it passes',
		load: async () => (await import('./check.js')).check,
	},
	{
		name: 'lint',
		parameters: '[folder]',
		maxParameters: 1,
		flags: ['json', 'engine'],
		summary: 'is this workshop sound? --engine proves it on a real engine',
		load: async () => (await import('./lint.js')).lint,
	},
	{
		name: 'pack',
		parameters: '<folder>',
		maxParameters: 1,
		flags: ['platform'],
		summary: 'write an offline pack',
		load: async () => (await import('./pack.js')).pack,
	},
	{
		name: 'cleanup',
		parameters: '',
		maxParameters: 0,
		flags: ['json'],
		summary: 'remove what the workshop made; lists it first',
		load: async () => (await import('./cleanup.js')).cleanup,
	},
	{
		name: 'reset',
		parameters: '[step]',
		maxParameters: 1,
		flags: [],
		summary: 'forget progress, restore the lab files',
		load: async () => (await import('./reset.js')).reset,
	},
];

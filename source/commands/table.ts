import type {messages} from '../messages/index.js';
import type {Command, Flag} from './flags.js';

export type CommandRow = {
	/** One word or several. The messages hold its help under this name. */
	name: keyof typeof messages.commands.help.commands;
	maxParameters: number;
	/** The flags that not all commands accept. A flag that no command lists is accepted by all. */
	flags: Flag[];
	/** Whether it takes several workshops. */
	severalWorkshops?: true;
	/** Whether all words behind its name are its parameters, whatever they look like: they are another program's. */
	takesAllWords?: true;
	/** Loads the command's module, so that only the command that runs is loaded. */
	load(): Promise<Command>;
};

/** The command without a name on the command line. */
export const openCommand: CommandRow = {
	name: 'open',
	maxParameters: 1,
	flags: ['watch', 'replay', 'report'],
	load: async () => (await import('./open.js')).open,
};

/** All commands, for dispatch, usage errors and help. */
export const commands: CommandRow[] = [
	openCommand,
	{name: 'list', maxParameters: 1, flags: ['json'], load: async () => (await import('./list.js')).list},
	{
		name: 'doctor',
		maxParameters: 0,
		flags: ['json', 'report'],
		load: async () => (await import('./doctor.js')).doctor,
	},
	{
		name: 'run',
		maxParameters: Number.POSITIVE_INFINITY,
		flags: ['json', 'replay', 'record', 'network', 'report'],
		load: async () => (await import('./run.js')).run,
	},
	{
		name: 'check',
		maxParameters: 1,
		flags: ['json', 'watch'],
		load: async () => (await import('./check.js')).check,
	},
	{
		name: 'lint',
		maxParameters: 1,
		flags: ['json', 'engine', 'strict'],
		load: async () => (await import('./lint.js')).lint,
	},
	{
		name: 'build',
		maxParameters: Number.POSITIVE_INFINITY,
		flags: [],
		takesAllWords: true,
		load: async () => (await import('./build.js')).build,
	},
	{name: 'new', maxParameters: 1, flags: [], load: async () => (await import('./new.js')).createNew},
	{
		name: 'pack',
		maxParameters: 1,
		flags: ['platform'],
		severalWorkshops: true,
		load: async () => (await import('./pack.js')).pack,
	},
	{
		name: 'cleanup',
		maxParameters: 0,
		flags: ['json'],
		load: async () => (await import('./cleanup.js')).cleanup,
	},
	{name: 'reset', maxParameters: 1, flags: [], load: async () => (await import('./reset.js')).reset},
	{
		name: 'review',
		maxParameters: 0,
		flags: ['replay'],
		load: async () => (await import('./review.js')).review,
	},
	{
		name: 'explain',
		maxParameters: 1,
		flags: [
			'json',
			'file',
			'target',
			'buildArg',
			'buildContext',
			'secret',
			'ssh',
			'measure',
			'write',
			'report',
		],
		load: async () => (await import('./explain.js')).explain,
	},
	{
		name: 'hand-in',
		maxParameters: 1,
		flags: ['name'],
		load: async () => (await import('./hand-in.js')).handIn,
	},
	{
		name: 'class open',
		maxParameters: 1,
		flags: ['port', 'address', 'title', 'keep', 'resume'],
		load: async () => (await import('./class-open.js')).classOpen,
	},
	{
		name: 'class join',
		maxParameters: 2,
		flags: ['name', 'with', 'replay'],
		load: async () => (await import('./class-join.js')).classJoin,
	},
	{
		name: 'class preview',
		maxParameters: 0,
		flags: ['name', 'replay'],
		load: async () => (await import('./class-preview.js')).classPreview,
	},
	{
		name: 'class leave',
		maxParameters: 0,
		flags: [],
		load: async () => (await import('./class-leave.js')).classLeave,
	},
	{
		name: 'class collect',
		maxParameters: Number.POSITIVE_INFINITY,
		flags: ['json', 'report'],
		load: async () => (await import('./class-collect.js')).classCollect,
	},
	{
		name: 'class verify',
		maxParameters: Number.POSITIVE_INFINITY,
		flags: ['json'],
		load: async () => (await import('./class-verify.js')).classVerify,
	},
];

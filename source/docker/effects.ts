import {messages} from '../messages/index.js';
import {type DockerCommand, isBuild} from './command.js';
import {normalizeImageName} from './image-ref.js';
import {verbs} from './verbs.js';

/** What a docker command creates, as far as its arguments show. */
export type CommandEffects = {
	/** Null if it creates no container. */
	container: {name: string | null; detached: boolean} | null;
	/** Names of the images that it creates or pulls, `name:tag` each. */
	names: string[];
	/**
	 * How it gets images: `build` and `bake` print what they built; `output` prints the ID; `load` prints the names;
	 * `pull` pulls missing ones from a registry.
	 */
	images: 'build' | 'bake' | 'output' | 'load' | 'pull' | null;
	/** Names of volumes, except anonymous ones, which are removed with their container. */
	volumes: string[];
	/** Whether it prints the name of the volume that it creates. */
	printsVolume: boolean;
	/** Names of networks. */
	networks: string[];
	/** Files and folders that it writes on this machine, as written in the command. */
	files: string[];
	/** Files and folders of this machine that its container may write to, as written in the command. */
	mounts: string[];
};

const noEffects: CommandEffects = {
	container: null,
	names: [],
	images: null,
	volumes: [],
	printsVolume: false,
	networks: [],
	files: [],
	mounts: [],
};

/** Returns what a command creates on the workshop's engine: nothing if it selects an engine itself. */
export const readEffects = (command: DockerCommand): CommandEffects => ({
	...noEffects,
	...(command.namesEngine ? null : effectsByVerb.get(command.verb)?.(command)),
});

const presentValues = (value: string | null): string[] => (value === null || value === '' ? [] : [value]);

/** Returns the image that the first operand names; none for a digest, which gives an image no name. */
const firstName = ([image]: string[]): string[] =>
	image === undefined || image.includes('@') ? [] : [normalizeImageName(image)];

/** Returns the name that a command gives to an image, its second operand. */
const givenName = (operands: string[]): string[] => operands.slice(1, 2).map(normalizeImageName);

/** Whether a word is a path on this machine, such as `C:\…`, and not `-` (stdout) or `name:/path` (in a container). */
const isPath = (word: string): boolean =>
	word !== '-' && (!word.includes(':') || /^[A-Za-z]:[\\/]/.test(word));

const containerEffects = ({verb, flags, operands}: DockerCommand): Partial<CommandEffects> => {
	const mounts = [...flags.all('volume').map(parseVolume), ...flags.all('mount').map(parseMount)];
	return {
		container: {name: flags.last('name'), detached: verb === 'run' && flags.isOn('detach')},
		images: 'pull',
		names: firstName(operands),
		volumes: [...new Set(mounts.flatMap(({volume}) => volume ?? []))],
		files: presentValues(flags.last('cidfile')),
		mounts: mounts.flatMap(({folder}) => folder ?? []),
	};
};

/** A named volume, or a folder of this machine that the container may write to; empty for any other mount. */
type Mount = {volume?: string; folder?: string};

/** Parses `name:/in/container`, `./folder:/in/container:ro`; `/in/container` alone is an anonymous volume. */
const parseVolume = (value: string): Mount => {
	const [, source = '', options = ''] = /^((?:[A-Za-z]:[\\/])?[^:]*):[^:]+(?::(.*))?$/.exec(value) ?? [];
	if (source === '') return {};
	if (/^[\w][\w.-]*$/.test(source)) return {volume: source};
	return options.split(',').includes('ro') ? {} : {folder: source};
};

/** Parses `type=volume,source=name,target=/in/container`; the default type is `volume`. */
const parseMount = (value: string): Mount => {
	const fields = parseFields(value);
	const source = fields.source ?? fields.src;
	if (!source) return {};
	const type = fields.type ?? 'volume';
	if (type === 'volume') return {volume: source};
	const isReadOnly = ['readonly', 'ro'].some(name => name in fields && fields[name] !== 'false');
	return type === 'bind' && !isReadOnly ? {folder: source} : {};
};

/** Parses `a=1,b=2`; a field without a value is empty. */
const parseFields = (value: string): Record<string, string> =>
	Object.fromEntries(
		value.split(',').map(field => {
			const [name = '', ...rest] = field.split('=');
			return [name.trim().toLowerCase(), rest.join('=').replace(/^"|"$/g, '')];
		}),
	);

const buildEffects = ({flags}: DockerCommand): Partial<CommandEffects> => {
	const outputs = flags.all('output').map(parseOutput);
	const caches = flags.all('cache-to').map(parseFields);
	return {
		images: 'build',
		names: [...flags.all('tag'), ...outputs.flatMap(({names}) => names)].map(normalizeImageName),
		files: [
			...outputs.flatMap(({file}) => file ?? []),
			...caches.flatMap(({dest}) => presentValues(dest ?? null)),
			...presentValues(flags.last('iidfile')),
			...presentValues(flags.last('metadata-file')),
		],
	};
};

/** Parses an `--output`: a path alone is a folder; `-` is stdout. */
const parseOutput = (value: string): {names: string[]; file: string | null} => {
	if (!value.includes('=')) return {names: [], file: value === '-' ? null : value};
	const {name = '', dest = '-'} = parseFields(value);
	return {names: presentValues(name), file: dest === '-' ? null : dest};
};

const effectsByVerb = new Map<string, (command: DockerCommand) => Partial<CommandEffects>>(
	Object.entries({
		run: containerEffects,
		create: containerEffects,
		build: command => (isBuild(command) ? buildEffects(command) : {}),
		'buildx bake': ({flags}) => ({images: 'bake', files: presentValues(flags.last('metadata-file'))}),
		'compose build': () => ({images: 'bake'}),
		commit: ({operands}) => ({images: 'output', names: givenName(operands)}),
		import: ({operands}) => ({images: 'output', names: givenName(operands)}),
		load: () => ({images: 'load'}),
		pull: ({operands}) => ({images: 'pull', names: firstName(operands)}),
		tag: ({operands}) => ({names: givenName(operands)}),
		'volume create'({flags, operands}) {
			const name = flags.last('name') ?? operands[0] ?? null;
			return {volumes: presentValues(name), printsVolume: name === null};
		},
		'network create': ({operands}) => ({networks: operands.slice(0, 1)}),
		save: ({flags}) => ({files: presentValues(flags.last('output'))}),
		export: ({flags}) => ({files: presentValues(flags.last('output'))}),
		cp: ({operands}) => ({files: operands.slice(1, 2).filter(isPath)}),
	} satisfies Record<string, (command: DockerCommand) => Partial<CommandEffects>>),
);

/**
 * Explains why clean-up could not remove what a shipped command creates, as the end of a sentence that begins with the
 * command; null if it can, or if the command leaves nothing.
 */
export const explainUntraceable = (command: DockerCommand): string | null => {
	const {verb, flags} = command;
	const {untraceable} = messages.docker;
	if (command.namesEngine) return untraceable.engine;
	if (flags.isOn('push') || flags.all('output').some(value => /\btype=registry\b|\bpush=true\b/.test(value)))
		return untraceable.push;
	if (verb === 'pull' && flags.isOn('all-tags')) return untraceable.allTags;
	if (flags.last('cidfile') !== null) return untraceable.cidfile;
	const {files, mounts} = readEffects(command);
	const outside = files.find(isOutside);
	if (outside !== undefined) return untraceable.outside(outside);
	const mounted = mounts.find(mount => !mount.endsWith('.sock'));
	if (mounted !== undefined) return untraceable.mount(mounted);
	return (verbs[verb]?.traces ?? 'unknown') === 'unknown' ? untraceable.verb(verb) : null;
};

/** Whether a path is outside the lab folder, where commands run: absolute, in the home folder, or above. */
const isOutside = (file: string): boolean =>
	/^(?:[\\/~]|[A-Za-z]:[\\/])/.test(file) || file.split(/[\\/]/).reduce(countDepth, 0) < 0;

/** Counts how far a path is below the lab folder; negative, and final, once it is above. */
const countDepth = (depth: number, part: string): number => {
	if (depth < 0 || part === '' || part === '.') return depth;
	return part === '..' ? depth - 1 : depth + 1;
};

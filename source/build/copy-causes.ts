import type {Cause, Clue} from './cause-clue.js';
import {copiedFrom} from './copied-from.js';

/** How the builders say that something to copy or to mount is not there. */
const missing =
	/stat ([^\s:]+): (?:file does not exist|no such file or directory)|copier: stat: "([^"]+)": no such file|buildkit-mount\d+\/(\S+): no such file or directory|"([^"]+)":? not found/;

/** Why `COPY` and `ADD` fail, and the mounts of `RUN`. */
export const copyCauses: Cause[] = [
	{
		pattern: /forbidden path outside the build context: (\S+)/,
		say: ([, file]) => outside(file),
	},
	{
		pattern: /the destination must be a directory and end with a \//,
		say: () => 'Several files can only be copied into a folder: what they are copied to has to end with `/`.',
	},
	{
		pattern: /no source files were specified/,
		say: (_, clue) => noSource(clue),
	},
	{
		pattern: /can't find [ug]id for (user|group) ([^\s:]+)/,
		say: ([, kind, name]) => `The image has no ${kind} \`${name}\`, which \`--chown\` asks for.`,
	},
	...(['COPY', 'ADD', 'RUN'] as const).map(
		(of): Cause => ({
			of,
			pattern: missing,
			say: ([, ...files], clue) =>
				notThere(files.find(Boolean)?.replace(/^.*buildkit-mount\d+\//, '') ?? '', clue),
		}),
	),
	{
		of: 'ADD',
		pattern: /dial tcp|no such host|i\/o timeout|network is unreachable/,
		say: (_, {instruction}) => {
			const address = /\shttps?:\/\/\S+/.exec(instruction)?.[0].trim();
			return address
				? `\`${address}\` can't be loaded: the network, or that address, is out of reach.`
				: null;
		},
	},
];

/** What only the legacy builder says: where a pattern fits nothing BuildKit goes on, and it takes heredocs for files. */
const noSource = ({instruction}: Clue): string | null => {
	if (/^\w+\s+(?:--\S+\s+)*<</.test(instruction))
		return "The legacy builder can't read heredocs (`<<`): this Dockerfile needs BuildKit.";
	const wild = instruction.split(/\s+/).find(word => /[*?[]/.test(word) && !word.startsWith('--'));
	return wild
		? `Nothing fits \`${wild}\` in ${copiedFrom(instruction) === null ? 'the build context' : `\`${copiedFrom(instruction)}\``}: the legacy builder stops there, where BuildKit goes on.`
		: null;
};

const notThere = (file: string, {instruction, stages, stage}: Clue): string => {
	const from =
		copiedFrom(instruction) ?? /^RUN\s.*--mount=\S*?from=([^\s,]+)/i.exec(instruction)?.[1] ?? null;
	const name = file.replace(/^\//, '');
	// BuildKit of 20.10 takes such a stage for an empty one.
	if (from !== null && stage !== null && stages.indexOf(from) > stages.indexOf(stage))
		return `The stage \`${from}\` comes further down: only stages above can be copied from.`;
	if (from !== null) return `There is no file \`/${name}\` in \`${from}\`, from which it is copied.`;
	// BuildKit cuts the way up off before it looks.
	const written = instruction.split(/\s+/).find(word => /^(?:\.\.?\/)*\.\.\//.test(word));
	if (written?.endsWith(name)) return outside(written);
	return `The file \`${name}\` is not in the build context, or \`.dockerignore\` leaves it out.`;
};

const outside = (file: string | undefined): string =>
	`\`${file}\` lies outside of the build context: only what is in the folder that is built can be copied.`;

import {diskFull, imageNotFound, networkFailure} from '../../docker/messages.js';
import {findCopySource, listMountSources} from '../dockerfile/instruction-words.js';
import type {Cause, FailureContext} from './failure-context.js';

const notUtf8 =
	'The Dockerfile is not saved as UTF-8 but as UTF-16, as `>` of Windows PowerShell writes it: save it as UTF-8.';

/** Why a build fails because of what the Dockerfile says, before any of it runs. */
export const dockerfileCauses: Cause[] = [
	// The letters of UTF-16 have a zero byte between them.
	{pattern: /unknown instruction: \uFFFD*\w\0/, says: notUtf8},
	{
		// BuildKit breaks off when it has to quote bytes that are not UTF-8.
		pattern: /stream terminated by RST_STREAM with error code: INTERNAL_ERROR/,
		says: (_, {stages}) => (stages.length === 0 ? notUtf8 : null),
	},
	{
		pattern: /unknown instruction: ([<=>]{7})/,
		says: 'The line `$1` is left over from a merge: choose one of the two versions.',
	},
	{
		pattern: /unknown instruction: (\S+)/,
		says: ([word], {above}) => {
			if (/\s<<-?["']?\w/.test(above))
				return "This builder can't read heredocs (`<<`): it takes their lines for instructions.";
			return /(?:&&|\|\|?|;|,)$/.test(above)
				? `\`${word}\` is taken for an instruction, as the line above it does not end with \`\\\`.`
				: `A Dockerfile has no instruction \`${word}\`: look at its spelling.`;
		},
	},
	{
		pattern: /unterminated heredoc/,
		says: 'The heredoc (`<<`) is never closed: its last line has to be its mark alone.',
	},
	{
		pattern: /parse error(?: on)? line \d+: unknown flag: (?:--)?(\S+)/i,
		says: ([flag], {keyword}) =>
			`${keyword === '' ? 'This instruction' : `\`${keyword}\``} has no option \`--${flag}\` with this builder: look at its spelling.`,
	},
	{pattern: /parse error(?: on)? line \d+: (.+?)\.?$/, says: "The builder can't read this line: $1."},
	{
		pattern: /lint violation found for rules: (.+)$/,
		says: ([rules = ''], {beside}) => explainViolation(rules, beside),
	},
	{
		pattern: /target stage "?([^\s"]+)"? could not be found|failed to reach build target (\S+)/,
		says: 'The Dockerfile has no stage `$1`, for which `--target` asks.',
	},
	{
		pattern: /([\w.-]+) stage name already used/,
		says: 'Two stages are called `$1`: one of them needs another name.',
	},
	{
		pattern: /file with no instructions|Dockerfile(?: \([^)]*\))? cannot be empty/,
		says: 'The Dockerfile is empty.',
	},
	{
		pattern: /no build stage in current context/,
		says: 'The Dockerfile begins without `FROM`: nothing but `ARG` may stand above it.',
	},
	{
		pattern: /the --(\S+) option requires BuildKit/,
		says: ([flag], {keyword}) =>
			`The legacy builder has no \`${keyword} --${flag}\`: this Dockerfile needs BuildKit.`,
	},
	{
		pattern: /parent snapshot \S+ does not exist/,
		says: 'The engine has lost a layer while it wrote two images at the same time, as some engines do that keep images with containerd: build once more.',
	},
	{
		in: 'either',
		pattern: diskFull,
		says: 'The disk is full: see what takes the room with `docker system df`.',
	},
	{
		// The engine's own folder for the stage stands in front of the path with some.
		pattern:
			/(?:mkdir|lstat) (?:\S+\/merged)?(\/\S+): not a directory|Cannot mkdir: (\S+) is not a directory/,
		says: 'On the path `$1` of this stage there is a file where a folder has to be.',
	},
];

/** What is said of the rules that `# check=error=true` makes errors of, with what BuildKit prints about each. */
const explainViolation = (rules: string, beside: string): string => {
	const names = rules.split(', ');
	const warnings = new Map(
		[...beside.matchAll(/(?:WARN: | - )(\w+): (.+) \(line (\d+)\)$/gm)]
			.filter(([, name = '']) => names.includes(name))
			.map(([, name, text, line]) => [`${name} ${line}`, {name, text, line: Number(line)}]),
	);
	const [first, ...others] = [...warnings.values()].sort((a, b) => a.line - b.line);
	const why = '`# check=error=true` makes an error of every warning';
	if (!first) return `${why}: ${rules}.`;
	const more =
		others.length === 0 ? '' : ` There ${others.length === 1 ? 'is one more' : `are ${others.length} more`}.`;
	return `${why}: line ${first.line}, \`${first.name}\`: ${first.text}.${more}`;
};

/** How the builders word that something to copy or to mount is missing. */
const missingSource =
	/stat ([^\s:]+): (?:file does not exist|no such file or directory)|copier: stat: "([^"]+)": no such file|buildkit-mount\d+\/(\S+): no such file or directory|"([^"]+)":? not found/;

/** Why `COPY` and `ADD` fail, and the mounts of `RUN`. */
export const copyCauses: Cause[] = [
	{
		pattern: /forbidden path outside the build context: (\S+)/,
		says: ([file]) => explainOutside(file),
	},
	{
		pattern: /the destination must be a directory and end with a \//,
		says: 'Several files can only be copied into a folder: what they are copied to has to end with `/`.',
	},
	{pattern: /no source files were specified/, says: (_, context) => explainNoSource(context)},
	{
		pattern: /can't find [ug]id for (user|group) ([^\s:]+)/,
		says: 'The image has no $1 `$2`, which `--chown` asks for.',
	},
	{
		pattern: missingSource,
		says: ([file = ''], context) =>
			['COPY', 'ADD', 'RUN'].includes(context.keyword)
				? explainMissingFile(file.replace(/^.*buildkit-mount\d+\//, ''), context)
				: null,
	},
	{
		of: 'ADD',
		pattern: networkFailure,
		says: (_, {instruction}) => {
			const address = /\shttps?:\/\/\S+/.exec(instruction)?.[0].trim();
			return address
				? `\`${address}\` can't be loaded: the network, or that address, is out of reach.`
				: null;
		},
	},
];

/** Only the legacy builder says so: BuildKit goes on where a pattern matches nothing, and reads heredocs. */
const explainNoSource = ({instruction}: FailureContext): string | null => {
	if (/^\w+\s+(?:--\S+\s+)*<</.test(instruction))
		return "The legacy builder can't read heredocs (`<<`): this Dockerfile needs BuildKit.";
	const wildcard = instruction.split(/\s+/).find(word => /[*?[]/.test(word) && !word.startsWith('--'));
	const source = findCopySource(instruction);
	return wildcard
		? `Nothing fits \`${wildcard}\` in ${source === null ? 'the build context' : `\`${source}\``}: the legacy builder stops there, where BuildKit goes on.`
		: null;
};

const explainMissingFile = (file: string, {instruction, stages, stage}: FailureContext): string => {
	const from = findCopySource(instruction) ?? listMountSources(instruction)[0] ?? null;
	const name = file.replace(/^\//, '');
	// BuildKit of 20.10 takes such a stage for an empty one.
	if (from !== null && stage !== null && stages.indexOf(from) > stages.indexOf(stage))
		return `The stage \`${from}\` comes further down: only stages above can be copied from.`;
	if (from !== null) return `There is no file \`/${name}\` in \`${from}\`, from which it is copied.`;
	// BuildKit drops the leading `../` before it looks.
	const written = instruction.split(/\s+/).find(word => /^(?:\.\.?\/)*\.\.\//.test(word));
	if (written?.endsWith(name)) return explainOutside(written);
	return `The file \`${name}\` is not in the build context, or \`.dockerignore\` leaves it out.`;
};

const explainOutside = (file: string | undefined): string =>
	`\`${file}\` lies outside of the build context: only what is in the folder that is built can be copied.`;

/** Why an image could not be loaded that a `FROM` or `COPY --from` names. */
export const imageCauses: Cause[] = [
	{
		of: 'COPY',
		in: 'instruction',
		pattern: /\s--from=["']?\S*\$/,
		says: (_, {error, instruction}) =>
			/variable expansion is not supported for --from|invalid reference format|invalid from flag value/.test(
				error,
			)
				? `\`COPY --from\` takes no variables: write \`FROM ${findCopySource(instruction)} AS source\` further up, with its \`ARG\` above the first \`FROM\`, and copy from \`source\`.`
				: null,
	},
	{
		pattern: /invalid stage index (\d+)|invalid from flag value (\d+): index out of bounds/,
		says: 'Stages are counted from 0, and none above this line has the number $1.',
	},
	{
		pattern: /cannot copy from stage "([^"]+)", it needs to be defined before/,
		says: 'The stage `$1` comes further down: only stages above can be copied from.',
	},
	{
		pattern: /circular dependency detected on stage: (\S+)/,
		says: 'The stage `$1` needs itself: only stages above can be copied from.',
	},
	{
		pattern: /base name \((.*)\) should not be blank/,
		says: '`$1` has no value: above the first `FROM` an `ARG` has to give it one.',
	},
	{
		pattern: /failed to parse stage name "([^"]*)": invalid reference format$|^invalid reference format$/,
		says: ([name], context) =>
			`\`${name ?? findImageName(context)}\` is no name of an image: look at it, and at the variables in it.`,
	},
	{
		pattern: /repository name .*must be lowercase/,
		says: (_, context) => {
			const name = findImageName(context);
			return `Images and stages are written in small letters${name ? `, and \`${name}\` is not` : ''}.`;
		},
	},
	{
		pattern: /toomanyrequests|pull rate limit/,
		says: 'The registry lets this address load no more images for now: its pull rate limit is reached.',
	},
	{
		pattern: /does not match the specified platform|no match for platform in manifest/,
		says: (_, context) => {
			const name = findImageName(context);
			return `The image ${name === null ? '' : `\`${name}\``} is not there for the platform that the build asks for.`;
		},
	},
	{
		pattern: /registry-1\.docker\.io\/v2\/docker\/dockerfile\/manifests|docker\.io\/docker\/dockerfile/,
		says: (_, {error}) =>
			networkFailure.test(error)
				? 'The line `# syntax=` makes BuildKit load an image first, and no registry can be reached: leave that line out.'
				: null,
	},
	{
		pattern: /unauthorized|authentication required|no basic auth credentials/,
		says: (_, context) => explainMissingImage(context, 'its registry shows it only after `docker login`'),
	},
	{pattern: networkFailure, says: (_, context) => explainMissingImage(context, 'no registry can be reached')},
	{
		pattern: imageNotFound,
		says: (_, context) => explainMissingImage(context, 'the registry has none of that name and tag'),
	},
];

const explainMissingImage = (context: FailureContext, why: string): string | null => {
	const image = findImageName(context);
	if (image === null) return null;
	// Without tag, registry or user it may be meant for a stage.
	if (/^[\w-]+$/.test(image) && context.stages.length > 1) {
		const meant = /\(did you mean (\S+)\?\)/.exec(context.beside)?.[1];
		const question = meant ? `; is \`${meant}\` meant?` : '.';
		return `No stage above is called \`${image}\`, so an image of that name is looked for, and ${why}${question}`;
	}
	// An instruction that was found by its line is known without its flags.
	const platform =
		/(?:^|>>> )FROM\s+--platform=(\S+)/im.exec(`${context.instruction}\n${context.beside}`)?.[1] ??
		context.command?.platform;
	return `The image \`${image}\` is not on this engine${platform ? ` for the platform \`${platform}\`` : ''}, and ${why}.`;
};

/** The image that an instruction names, or that the builder asks a registry for. */
const findImageName = ({instruction, error}: FailureContext): string | null =>
	/^FROM\s+(?:--\S+\s+)*(?:docker\.io\/library\/)?(\S+)/i.exec(instruction)?.[1]?.replace(/:latest$/, '') ??
	findCopySource(instruction) ??
	/failed to parse stage name "([^"]+)"/.exec(error)?.[1] ??
	/\/v2\/(?:library\/)?(\S+)\/manifests\//.exec(error)?.[1] ??
	null;

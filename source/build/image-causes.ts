import type {Cause, Clue} from './cause-clue.js';
import {copiedFrom} from './copied-from.js';

/** How Go's network code, with which Docker loads images, says that it gets nowhere. */
const noNetwork =
	/dial tcp|no such host|i\/o timeout|network is unreachable|no route to host|connection refused|connection reset|TLS handshake timeout|proxyconnect|Client\.Timeout|server misbehaving/;

/** How registries say that they have no such image, or show it to nobody. */
const noImage =
	/pull access denied|repository does not exist|insufficient_scope|requested access to the resource is denied|manifest unknown|: not found$/;

/** Why an image could not be loaded that a `FROM` or `COPY --from` names. */
export const imageCauses: Cause[] = [
	{
		of: 'COPY',
		in: 'instruction',
		pattern: /\s--from=["']?\S*\$/,
		say: (_, clue) => (isAboutName.test(clue.error) ? noVariable(copiedFrom(clue.instruction)) : null),
	},
	{
		pattern: /invalid stage index (\d+)|invalid from flag value (\d+): index out of bounds/,
		say: ([, a, b]) => `Stages are counted from 0, and none above this line has the number ${a ?? b}.`,
	},
	{
		pattern: /cannot copy from stage "([^"]+)", it needs to be defined before/,
		say: ([, stage]) => `The stage \`${stage}\` comes further down: only stages above can be copied from.`,
	},
	{
		pattern: /circular dependency detected on stage: (\S+)/,
		say: ([, stage]) => `The stage \`${stage}\` needs itself: only stages above can be copied from.`,
	},
	{
		pattern: /base name \((.*)\) should not be blank/,
		say: ([, name]) => `\`${name}\` has no value: above the first \`FROM\` an \`ARG\` has to give it one.`,
	},
	{
		pattern: /failed to parse stage name "([^"]*)": invalid reference format$|^invalid reference format$/,
		say: ([, name], clue) =>
			`\`${name ?? imageOf(clue)}\` is no name of an image: look at it, and at the variables in it.`,
	},
	{
		pattern: /repository name .*must be lowercase/,
		say: (_, clue) =>
			`Images and stages are written in small letters${imageOf(clue) ? `, and \`${imageOf(clue)}\` is not` : ''}.`,
	},
	{
		pattern: /toomanyrequests|pull rate limit/,
		say: () => 'The registry lets this address load no more images for now: its pull rate limit is reached.',
	},
	{
		pattern: /does not match the specified platform|no match for platform in manifest/,
		say: (_, clue) =>
			`The image ${quoted(imageOf(clue))} is not there for the platform that the build asks for.`,
	},
	{
		pattern: /registry-1\.docker\.io\/v2\/docker\/dockerfile\/manifests|docker\.io\/docker\/dockerfile/,
		say: (_, {error}) =>
			noNetwork.test(error)
				? 'The line `# syntax=` makes BuildKit load an image first, and no registry can be reached: leave that line out.'
				: null,
	},
	{
		pattern: /unauthorized|authentication required|no basic auth credentials/,
		say: (_, clue) => missing(clue, 'its registry shows it only after `docker login`'),
	},
	{pattern: noNetwork, say: (_, clue) => missing(clue, 'no registry can be reached')},
	{pattern: noImage, say: (_, clue) => missing(clue, 'the registry has none of that name and tag')},
];

/** How a builder says that it can't take what stands behind `--from` for a name. */
const isAboutName =
	/variable expansion is not supported for --from|invalid reference format|invalid from flag value/;

const noVariable = (name: string | null): string =>
	`\`COPY --from\` takes no variables: write \`FROM ${name} AS source\` further up, with its \`ARG\` above the first \`FROM\`, and copy from \`source\`.`;

const missing = (clue: Clue, why: string): string | null => {
	const image = imageOf(clue);
	if (image === null) return null;
	// Without tag, registry or user it may be meant for a stage.
	if (/^[\w-]+$/.test(image) && clue.stages.length > 1) {
		const meant = /\(did you mean (\S+)\?\)/.exec(clue.beside)?.[1];
		const question = meant ? `; is \`${meant}\` meant?` : '.';
		return `No stage above is called \`${image}\`, so an image of that name is looked for, and ${why}${question}`;
	}
	// An instruction that was found by its line is known without its flags.
	const platform =
		/(?:^|>>> )FROM\s+--platform=(\S+)/im.exec(`${clue.instruction}\n${clue.beside}`)?.[1] ??
		clue.command?.platform;
	const which = platform ? ` for the platform \`${platform}\`` : '';
	return `The image \`${image}\` is not on this engine${which}, and ${why}.`;
};

/** The image that an instruction names, or that the builder asks a registry for. */
const imageOf = ({instruction, error}: Clue): string | null =>
	/^FROM\s+(?:--\S+\s+)*(?:docker\.io\/library\/)?(\S+)/i.exec(instruction)?.[1]?.replace(/:latest$/, '') ??
	copiedFrom(instruction) ??
	/failed to parse stage name "([^"]+)"/.exec(error)?.[1] ??
	/\/v2\/(?:library\/)?(\S+)\/manifests\//.exec(error)?.[1] ??
	null;

const quoted = (name: string | null): string => (name === null ? '' : `\`${name}\``);

import type {Cause} from './cause-clue.js';

/** Why a build fails before any stage begins: the Dockerfile, its folder, or the way to the engine. */
export const dockerfileCauses: Cause[] = [
	{
		pattern: /unknown instruction: (\S+)/,
		say: ([, word], {isInHeredoc}) =>
			isInHeredoc
				? "This builder can't read heredocs (`<<`): it takes their lines for instructions."
				: `A Dockerfile has no instruction \`${word}\`: look at its spelling.`,
	},
	{
		pattern: /unterminated heredoc/,
		say: () => 'The heredoc (`<<`) is never closed: its last line has to be its mark alone.',
	},
	{
		pattern: /parse error(?: on)? line \d+: (.+)$/,
		say: ([, why]) => `The builder can't read this line: ${why?.replace(/\.$/, '')}.`,
	},
	{
		pattern: /target stage "?([^\s"]+)"? could not be found|failed to reach build target (\S+)/,
		say: ([, a, b]) => `The Dockerfile has no stage \`${a ?? b}\`, for which \`--target\` asks.`,
	},
	{
		pattern: /([\w.-]+) stage name already used/,
		say: ([, stage]) => `Two stages are called \`${stage}\`: one of them needs another name.`,
	},
	{
		pattern: /evaluate symlinks in Dockerfile path|failed to read dockerfile/,
		say: () => 'There is no file `Dockerfile` in the folder that is built.',
	},
	{
		pattern: /unable to prepare context: path "([^"]+)" not found/,
		say: ([, folder]) => `There is no folder \`${folder}\` to build.`,
	},
	{
		pattern: /file with no instructions|Dockerfile(?: \([^)]*\))? cannot be empty/,
		say: () => 'The Dockerfile is empty.',
	},
	{
		pattern: /no build stage in current context/,
		say: () => 'The Dockerfile begins without `FROM`: nothing but `ARG` may stand above it.',
	},
	{
		pattern: /buildx component is missing or broken/,
		say: () => 'This Docker CLI lacks buildx, which BuildKit needs.',
	},
	{
		pattern: /docker\.sock: connect: permission denied|permission denied while trying to connect/,
		say: () => 'You may not talk to the Docker daemon: see what `multistage-workshop doctor` finds.',
	},
	{
		pattern: /Cannot connect to the Docker daemon/i,
		say: () => 'Docker does not answer: start it, or see what `multistage-workshop doctor` finds.',
	},
	{
		in: 'either',
		pattern: /parent snapshot \S+ does not exist/,
		say: () =>
			'The engine has lost a layer while it wrote two images at the same time, as some engines do that keep images with containerd: build once more.',
	},
	{
		in: 'either',
		pattern: /no space left on device/i,
		say: () => 'The disk is full: see what takes the room with `docker system df`.',
	},
];

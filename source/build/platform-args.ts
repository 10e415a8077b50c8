type Platform = {os: string; architecture: string; variant: string};

/** Spellings of one architecture, as containerd reads them. */
const architectures: Record<string, string> = {
	x86_64: 'amd64',
	'x86-64': 'amd64',
	aarch64: 'arm64',
	i386: '386',
	armhf: 'arm',
};

/** `linux/arm/v7`; an architecture alone is one of Linux. */
const readPlatform = (text: string): Platform => {
	const words = text.toLowerCase().split('/');
	const [os = '', written = '', given = ''] = words.length === 1 ? ['linux', ...words] : words;
	const architecture = architectures[written] ?? written;
	const usual = architecture === 'arm' && written !== 'armhf' ? 'v7' : '';
	// Every arm64 is v8.
	const variant = architecture === 'arm64' && given === 'v8' ? '' : given || usual;
	return {os, architecture, variant};
};

const formatPlatform = ({os, architecture, variant}: Platform): string =>
	[os, architecture, variant].filter(Boolean).join('/');

/**
 * The arguments that BuildKit sets before it reads a Dockerfile. `platform`: the one that is built for;
 * `enginePlatform`: the one on which instructions run.
 */
export const platformArgs = ({
	target,
	platform,
	enginePlatform,
}: {
	target: string | undefined;
	platform: string;
	enginePlatform: string;
}): Map<string, string> => {
	const build = readPlatform(enginePlatform);
	const wanted = readPlatform(platform);
	return new Map([
		['BUILDPLATFORM', formatPlatform(build)],
		['BUILDOS', build.os],
		['BUILDOSVERSION', ''],
		['BUILDARCH', build.architecture],
		['BUILDVARIANT', build.variant],
		['TARGETPLATFORM', formatPlatform(wanted)],
		['TARGETOS', wanted.os],
		['TARGETOSVERSION', ''],
		['TARGETARCH', wanted.architecture],
		['TARGETVARIANT', wanted.variant],
		['TARGETSTAGE', target || 'default'],
	]);
};

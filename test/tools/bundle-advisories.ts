/** A package in a bundle. */
export type Bundled = {name: string; version: string};

/** The relevant output of `npm audit --json`. `error`: why it has no result. */
export type Audit = {
	error?: unknown;
	vulnerabilities?: Record<string, {nodes: string[]; via: Array<string | {title: string; url: string}>}>;
};

/** The packages of the bundle, read from the licence file that the build writes. */
export const readBundled = (licences: string): Bundled[] =>
	[...licences.matchAll(/^-{76}\n((?:\S+ \S+: .*\n)+)/gm)].flatMap(([, names = '']) =>
		[...names.matchAll(/^(\S+) (\S+): /gm)].map(([, name = '', version = '']) => ({name, version})),
	);

/**
 * The known vulnerabilities of bundled packages, one line each; null if no service answered. `versionIn`: returns the
 * version of the package in a folder of `node_modules`.
 */
export const adviseBundle = (
	{vulnerabilities}: Audit,
	bundled: Bundled[],
	versionIn: (folder: string) => string,
): string[] | null => {
	if (!vulnerabilities) return null;
	return Object.entries(vulnerabilities).flatMap(([name, {nodes, via}]) =>
		nodes
			.map(versionIn)
			.filter(version => bundled.some(one => one.name === name && one.version === version))
			.flatMap(version =>
				// A string names the vulnerable dependency, which has its own entry.
				via.flatMap(one =>
					typeof one === 'string' ? [] : [`${name} ${version}: ${one.title} (${one.url})`],
				),
			),
	);
};

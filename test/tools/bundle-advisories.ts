/** A package as a bundle contains it. */
export type Bundled = {name: string; version: string};

/** What `npm audit --json` says, as far as it matters here; `error`: why it could not ask. */
export type Audit = {
	error?: unknown;
	vulnerabilities?: Record<string, {nodes: string[]; via: Array<string | {title: string; url: string}>}>;
};

/** The packages of the bundle, by the file of their licences, which the build writes from the bundler's list of inputs. */
export const readBundled = (licences: string): Bundled[] =>
	[...licences.matchAll(/^-{76}\n((?:\S+ \S+: .*\n)+)/gm)].flatMap(([, names = '']) =>
		[...names.matchAll(/^(\S+) (\S+): /gm)].map(([, name = '', version = '']) => ({name, version})),
	);

/**
 * The known vulnerabilities of bundled packages, a line each; null when nobody could be asked. `versionIn`: the version of
 * the package in a folder of `node_modules`.
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
				// A word alone names the package that this one has it from, which has a row of its own.
				via.flatMap(one =>
					typeof one === 'string' ? [] : [`${name} ${version}: ${one.title} (${one.url})`],
				),
			),
	);
};

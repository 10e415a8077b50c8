/** Stands for the account that the project is published under until there is one. */
const placeholder = 'OWNER';

/**
 * Why a tag must not be published, in a sentence each. `tag`: `v1.2.3`. `texts`: other files that name the project's
 * address, by path.
 */
export const findReleaseObstacles = ({
	tag,
	packageText,
	changelog,
	texts,
}: {
	tag: string;
	packageText: string;
	changelog: string;
	texts: ReadonlyArray<readonly [file: string, text: string]>;
}): string[] => {
	const {version} = JSON.parse(packageText) as {version: string};
	return [
		...(tag === `v${version}`
			? []
			: [`The tag is ${tag || 'missing'}, and package.json has the version ${version}.`]),
		...(new RegExp(`^## ${version.replaceAll('.', '\\.')} `, 'm').test(changelog)
			? []
			: [`changelog.md has no heading for ${version} with its date.`]),
		...[['package.json', packageText] as const, ...texts]
			.filter(([, text]) => text.includes(`github.com/${placeholder}/`))
			.map(([file]) => `${file} still has ${placeholder} in the place of the account on GitHub.`),
	];
};

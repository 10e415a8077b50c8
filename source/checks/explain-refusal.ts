/**
 * What Docker said when it refused a `docker run`, and what it means. `next`: null when Docker's words are all there
 * is to say.
 */
export const explainRefusal = (stderr: string): {reason: string; next: string | null} => {
	const said = quoteDocker(stderr);
	for (const {pattern, means, next} of refusals) {
		const match = pattern.exec(stderr);
		if (!match) continue;
		const fill = (text: string): string => text.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? '');
		return {reason: `Docker refused the run: "${said}", because ${fill(means)}.`, next: fill(next)};
	}
	return {reason: `Docker refused the run: "${said}".`, next: null};
};

/** The sentence that carries the cause, without the advice around it. */
const quoteDocker = (stderr: string): string => {
	const lines = stderr
		.split('\n')
		.map(line => line.trim())
		.filter(line => line && !/^(?:See|Run) '|^Unable to find image|^WARNING/.test(line));
	const line = lines.find(one => /^docker:|^unknown|^invalid|^Error/.test(one)) ?? lines.at(-1) ?? '';
	const bare = line.replace(/^docker: /, '').replace(/^Error response from daemon: /, '');
	return (bare.length > 160 ? `${bare.slice(0, 159)}…` : bare).replace(/\.$/, '');
};

const refusals: Array<{pattern: RegExp; means: string; next: string}> = [
	{
		// `docker run -port 5000 whoami`: Docker reads `-p ort`.
		pattern: /Invalid containerPort: ort|unknown shorthand flag: '.' in -?p?ort|unknown flag: --port\b/i,
		means: '`-port` stands before the image name, where flags are Docker’s own',
		next: 'put what is meant for whoami behind the image name: `docker run … whoami -port 5000`',
	},
	{
		pattern: /Invalid (?:hostPort|containerPort|port format)[^:]*: ?"?([^\s"]*?)"?\.?$/im,
		means: '`$1` is no port; ports go from 1 to 65535',
		next: 'publish with `-p <host port>:<container port>`, both numbers',
	},
	{
		pattern: /container name "\/?([^"]+)" is already in use/,
		means: 'another container has the name $1',
		next: 'take another name, or remove that container with `docker rm -f $1`',
	},
	{
		pattern: /port is already allocated|address already in use/,
		means: 'something else has that host port',
		next: 'take another host port',
	},
	{
		pattern: /Unable to find image '([^']+)' locally/,
		means: 'there is no image $1 on this engine and none could be pulled',
		next: 'see what the images are called with `docker image ls`',
	},
	{
		pattern: /invalid reference format/,
		means: 'what stands where the image name belongs is none',
		next: 'look at what comes before the image name, and at its spelling: lower case, no spaces',
	},
	{
		pattern: /unknown (?:shorthand )?flag: (.+?)\.?$/m,
		means: 'Docker knows no flag $1',
		next: 'see the flags with `docker run --help`; what is meant for whoami goes behind the image name',
	},
	{
		pattern: /permission denied while trying to connect|Cannot connect to the Docker daemon/,
		means: 'the engine can’t be reached',
		next: 'see what `multistage-workshop doctor` finds',
	},
];

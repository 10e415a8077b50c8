/** The name of one of BuildKit's vertices that is about an instruction, in its parts. */
export type VertexName = {
	/** The platform that it is for, where BuildKit says one: `linux/arm64`, `linux/amd64->arm64` where it cross-builds. */
	platform: string | null;
	/** The name of its stage in lower case, or `stage-N`; null in a Dockerfile with one stage. */
	label: string | null;
	/** Its place among the instructions of its stage that make files, `FROM` of an image included, from 1. */
	number: number;
	/** How many those are. Triggers of a base are counted in `number` alone by BuildKit before 0.21. */
	total: number;
	/** The instruction as BuildKit shows it, with arguments and variables filled in. */
	text: string;
};

/**
 * Reads `[build 2/3] RUN …`, `[stage-3  1/12] COPY …`, `[1/2] FROM …`, `[linux/amd64 build 2/3] …`. Null for any other
 * name, such as `[internal] load build context`.
 */
export const readVertexName = (name: string): VertexName | null => {
	const [, platform = null, label = null, number, total, text = ''] =
		/^\[(?:([^\s\]]+\/[^\s\]]+) +)?(?:([^\s\]]+) )? *(\d+)\/(\d+)\] (?:ONBUILD )?(.*)$/s.exec(name) ?? [];
	return number === undefined ? null : {platform, label, number: Number(number), total: Number(total), text};
};

import * as v from 'valibot';

/** A warning of BuildKit's own checks. */
export type CheckWarning = {
	rule: string;
	/** What is wrong, in one sentence. */
	detail: string;
	/** A page about it; empty if none is known. */
	url: string;
	/** The line of the Dockerfile, from 1; null for all of it. */
	line: number | null;
};

const outputSchema = v.object({
	warnings: v.optional(
		v.nullable(
			v.array(
				v.object({
					ruleName: v.string(),
					detail: v.optional(v.string(), ''),
					description: v.optional(v.string(), ''),
					url: v.optional(v.string(), ''),
					location: v.optional(
						v.object({
							ranges: v.optional(
								v.nullable(v.array(v.object({start: v.object({line: v.optional(v.number(), 0)})}))),
							),
						}),
					),
				}),
			),
		),
	),
});

/** Reads what `docker build --call check,format=json` prints; null if it is anything else. */
export const parseCheckOutput = (output: string): CheckWarning[] | null => {
	try {
		const {warnings} = v.parse(outputSchema, JSON.parse(output));
		return (warnings ?? []).map(({ruleName, detail, description, url, location}) => ({
			rule: ruleName,
			detail: detail || description,
			url,
			line: location?.ranges?.[0]?.start.line || null,
		}));
	} catch {
		return null;
	}
};

/** The stage or image that a `COPY --from=…` names; null for every other instruction. */
export const copiedFrom = (text: string): string | null =>
	/^COPY\s+(?:--\S+\s+)*--from=["']?([^\s"']+)/i.exec(text)?.[1] ?? null;

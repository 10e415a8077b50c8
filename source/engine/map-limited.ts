/** Maps a list with at most 6 at work at the same time, so that a full engine is not flooded with requests. */
export const mapLimited = async <Item, Result>(
	items: Item[],
	work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
	const results: Result[] = [];
	const queue = items.entries();
	const worker = async (): Promise<void> => {
		for (const [index, item] of queue) results[index] = await work(item);
	};
	await Promise.all(Array.from({length: 6}, worker));
	return results;
};

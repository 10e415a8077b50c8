/**
 * Name and driver of a builder, from what `docker buildx inspect` printed. The driver is empty where the builder does not
 * answer: the next line must not be taken for it.
 */
export const readBuilder = (inspected: string): {name: string | undefined; driver: string | undefined} => ({
	name: /^Name:[ \t]+(\S+)/m.exec(inspected)?.[1],
	driver: /^Driver:[ \t]+(\S+)/m.exec(inspected)?.[1],
});

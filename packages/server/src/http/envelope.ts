/** The body of a success. `hoisted` repeats what the client looks for beside `data`, as the wire contract lists it. */
export function succeeded<Data>(
  data: Data,
  hoisted: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { success: true, data, ...hoisted }
}

/** The body of a success that has nothing to show but a sentence. */
export function done(message: string): { readonly success: true; readonly message: string } {
  return { success: true, message }
}

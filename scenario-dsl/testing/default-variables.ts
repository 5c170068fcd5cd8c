/** What the world provides where a test says nothing. */
export const defaultVariables = {
  customer: { id: 'customer' },
  page: { id: 'page', name: 'Page' },
  entry: { name: 'Entry' },
  service: { name: 'Service' },
};

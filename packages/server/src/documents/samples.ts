/**
 * What the examples speak of. A test fills a shop with such things, puts their real ids in the places of these, and
 * sends every example.
 */
export const sample = {
  email: 'mira@shop.example',
  password: 'Sesame-42',
  /** Somebody else who works in the workspace. */
  colleague: 'uX4mQ9Zk2bTn7RwLc5VdS',
  workspace: 'wJ8pNf3sYh6KxCq1TgBzE',
  invite: 'iD5rVb7WmX2oHk9LsQaPy',
  inviteKey: 'inv_3nB8cKx5TqZ7vLwY2hRmJp',
  serviceToken: 'tG6yMh4PdRj1SxWk8NzFb',
  customer: 'cK7vRt2LpXw9QmZs4HnBd',
  order: 'oT3wYj8FsKb5NxVq6LrGc',
  /** Names are no ids: this is what it is called. */
  attribute: 'loyaltyTier',
  segment: 'sB9nHx4MzQd7WkPj2VtRy',
  /** A draft. */
  campaign: 'pL5cXs8TgNv3KzRw6QhJm',
  /** Launched, with its time still to come. */
  launchedCampaign: 'pW2dZk7YqMb9XtHn4SvLf',
  /** Launched and paused. */
  pausedCampaign: 'pR6gVj3WxSc8TmKp5NzQd',
  /** Ended, with a message that was refused. */
  failedCampaign: 'pH4kBn9QvTx2LsZw7RyMg',
  webhook: 'hK2sFv8NpYt4WzQj6XbLc',
  webhookEvent: 'webhook.test.eJ9wMb5RkXs3TnVq7ZdHp',
  /** Sent to a customer, and what signs the links in it. */
  message: 'mX3tKp9LqVw6ZnHs2BrYd',
  openSignature: 'oQ7vNc2XkTw5RmLz8HpJsb',
  clickSignature: 'yB4nWs6LzRq9KvTx3MpHdc',
  clickTarget: 'aHR0cHM6Ly9zaG9wLnNhbXBsZQ',
  unsubscribeSignature: 'uZ8hTk5VxNp2QwLc6RmSjd',
} as const

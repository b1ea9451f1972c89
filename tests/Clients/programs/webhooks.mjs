// Verifies a webhook with the packages of OpenAI and Replicate, as a receiver does.
import OpenAI from 'openai';
import { validateWebhook } from 'replicate';

const { WEBHOOK_ID: id, WEBHOOK_TIMESTAMP: timestamp, WEBHOOK_SIGNATURE: signature, WEBHOOK_SECRET: secret, WEBHOOK_BODY: body } = process.env;
const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
const openai = new OpenAI({ apiKey: 'none', webhookSecret: secret });

async function unwrap(text) {
  try {
    return (await openai.webhooks.unwrap(text, headers)).type;
  } catch (error) {
    return error.constructor.name;
  }
}

const validate = (text) => validateWebhook({ id, timestamp, signature, body: text, secret });

console.log(JSON.stringify({
  openai: await unwrap(body),
  openaiTampered: await unwrap(body.replace('succeeded', 'failed')),
  replicate: await validate(body),
  replicateTampered: await validate(body.replace('succeeded', 'failed')),
}));

// nest: the API describes itself at /api, made when somebody first asks.
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadSwagger } from './openapi.js';

const ADDRESSES = ['/api', '/api/*', '/api-json', '/api-yaml'];
const NOT_FOUND = 404;

/** Hands these addresses to an application of their own, whose routes may come after this one has begun to answer. */
export function describeAt(server: FastifyInstance, app: INestApplication): void {
  let opened: Promise<NestFastifyApplication> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const page = await (opened ??= openPage(app));
    const { statusCode, headers, rawPayload } = await page.inject({ url: request.url, headers: request.headers });
    if (statusCode === NOT_FOUND) return reply.callNotFound();
    // The connection is this server's affair.
    const { connection: _connection, ...rest } = headers;
    return reply.code(statusCode).headers(rest).send(rawPayload);
  };
  for (const url of ADDRESSES) server.get(url, answer);
}

@Module({})
class ApiPage {}

async function openPage(app: INestApplication): Promise<NestFastifyApplication> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const page = await NestFactory.create<NestFastifyApplication>(ApiPage, new FastifyAdapter(), { logger: false });
  const config = new DocumentBuilder()
    .setTitle('Relief Ledger')
    .setDescription(
      'Where every donated piece went. Each POST is one command; Idempotency-Key makes it safe to repeat.',
    )
    .setVersion('1')
    .addGlobalParameters(
      header('Idempotency-Key', 'Id of the command, best a UUID: the same key on the same record never records twice.'),
      header('If-Match', 'Version of the record that you decided on; 412 when it has moved on.'),
      header('Relief-Actor', 'Who acts: an account id and a role, such as u-17:logistician.'),
      header('X-Correlation-Id', 'What belongs together: kept with the events, answered, and in the server log.'),
    )
    .build();
  SwaggerModule.setup('api', page, () => withoutCommandHeaders(SwaggerModule.createDocument(app, config)));
  return page.init();
}

function header(name: string, description: string) {
  return { in: 'header' as const, name, description, required: false, schema: { type: 'string' as const } };
}

/** Questions take no command headers. */
function withoutCommandHeaders(document: OpenAPIObject): OpenAPIObject {
  for (const { get } of Object.values(document.paths)) {
    if (get?.parameters)
      get.parameters = get.parameters.filter((parameter) => !('in' in parameter && parameter.in === 'header'));
  }
  return document;
}

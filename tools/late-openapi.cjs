// A plug-in of `nest build`, behind Swagger's: takes out the import of '@nestjs/swagger' that Swagger's plug-in puts into
// every file it describes. Controllers import `openapi` from src/nest/openapi.ts under the same name; other files need none.
const ts = require('typescript');

const isAdded = (statement) =>
  ts.isImportDeclaration(statement) &&
  statement.moduleSpecifier.text === '@nestjs/swagger' &&
  statement.importClause?.namedBindings?.name?.text === 'openapi';

exports.after = () => () => (file) =>
  file.statements.some(isAdded)
    ? ts.factory.updateSourceFile(
        file,
        file.statements.filter((statement) => !isAdded(statement)),
      )
    : file;


using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'evt' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'evt'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'evt' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set up a project: evt.toml, a first definition, the lines for git')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write a definition to start from')
            [CompletionResult]::new('dump', 'dump', [CompletionResultType]::ParameterValue, 'Compile the definitions, merge them into the schema file, and write what changed')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove that what is committed is what `evt dump` would write, and that no history was lost')
            [CompletionResult]::new('compat', 'compat', [CompletionResultType]::ParameterValue, 'Show what the definitions break, and whom: code that reads old rows, or code that is not deployed anew')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Show what changed: between definitions and schema file, two versions, or two git refs')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the events of the schema file')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one event, or one version of it')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Show the history of an event, newest version first')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'Check the definitions against the rules of style')
            [CompletionResult]::new('fmt', 'fmt', [CompletionResultType]::ParameterValue, 'Format the definitions, keeping every comment')
            [CompletionResult]::new('catalog', 'catalog', [CompletionResultType]::ParameterValue, 'Print the event catalog: every event for people, as Markdown or as a web page with search')
            [CompletionResult]::new('rules', 'rules', [CompletionResultType]::ParameterValue, 'List every rule with its severity')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule, with a bad and a good example')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of one of evt''s own formats')
            [CompletionResult]::new('merge-driver', 'merge-driver', [CompletionResultType]::ParameterValue, 'Merge the schema files of two branches; git calls this')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print what is defined, or the outbox, in other programs'' terms')
            [CompletionResult]::new('outbox', 'outbox', [CompletionResultType]::ParameterValue, 'Show and change the outbox: its tables, its rows, what operators did')
            [CompletionResult]::new('dead-letters', 'dead-letters', [CompletionResultType]::ParameterValue, 'Show what could not be delivered, send it again, or give it up')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page of evt, or of one command')
            break
        }
        'evt;init' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--no-git', '--no-git', [CompletionResultType]::ParameterName, 'Leave git''s configuration and .gitattributes as they are')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;new' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Write the definition of an event, which passes `evt lint` once its blanks are filled')
            break
        }
        'evt;new;event' {
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'The bounded context')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'What the event is about; registered with it where it is new')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;dump' {
            [CompletionResult]::new('--squash', '--squash', [CompletionResultType]::ParameterName, 'Turn all that REF does not hold into one version an event')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be written, and write nothing')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Dump again on every change of the definitions, until interrupted')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;verify' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'The git ref that history is proven against')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;compat' {
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'The git ref that the definitions are compared with')
            [CompletionResult]::new('--mode', '--mode', [CompletionResultType]::ParameterName, 'Compare under this mode, whatever evt.toml and the events say')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;diff' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;list' {
            [CompletionResult]::new('--domain', '--domain', [CompletionResultType]::ParameterName, 'Only events of this domain')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, 'Only events about this subject')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Only events of this owner')
            [CompletionResult]::new('--process-type', '--process-type', [CompletionResultType]::ParameterName, 'Only events of this process type')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--retired', '--retired', [CompletionResultType]::ParameterName, 'Retired events too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;show' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;log' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;lint' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;fmt' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Change nothing; exit 1 where a file is not formatted')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;catalog' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Print one HTML page with search, all versions and their history')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;rules' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;explain' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;schema' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--project', '--project', [CompletionResultType]::ParameterName, 'Fill in the names of this project, for an editor to complete them')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;merge-driver' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;export' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('debezium', 'debezium', [CompletionResultType]::ParameterValue, 'Print the connector with which Debezium publishes the outbox, or what PostgreSQL needs for it')
            break
        }
        'evt;export;debezium' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What the slot, the publication and the connector are called, instead of `TABLE_capture`')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'The PostgreSQL role of the connector, instead of that of the database''s address')
            [CompletionResult]::new('--topic', '--topic', [CompletionResultType]::ParameterName, 'What the topic is called, instead of `[relay] topic` of evt.toml: with one field that is text at most')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--sql', '--sql', [CompletionResultType]::ParameterName, 'Print the statements to be run first, instead of the connector')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Create the tables of the outbox, or bring them up to date')
            [CompletionResult]::new('enqueue', 'enqueue', [CompletionResultType]::ParameterValue, 'Write events: one from the arguments, or many from lines of JSON')
            [CompletionResult]::new('publish', 'publish', [CompletionResultType]::ParameterValue, 'Publish what is stored: until it is told to stop, or once')
            [CompletionResult]::new('relays', 'relays', [CompletionResultType]::ParameterValue, 'List the relays: who publishes where, and how they fare')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List rows, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one row with its payload, its attempts and what became of it')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Count the rows by state and event')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'List what operators did, latest first')
            [CompletionResult]::new('pause', 'pause', [CompletionResultType]::ParameterValue, 'Stop publishing, of one event or of all; writers go on')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on publishing, of one event or of all that was paused together')
            [CompletionResult]::new('cleanup', 'cleanup', [CompletionResultType]::ParameterValue, 'Remove rows that were published or discarded long ago')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check that all is well with the outbox; exit 1 where it is not, saying why and what to do')
            break
        }
        'evt;outbox;migrate' {
            [CompletionResult]::new('--grants', '--grants', [CompletionResultType]::ParameterName, 'Print what the PostgreSQL role ROLE needs to write events')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'Print the statements instead of running them; no connection is needed')
            [CompletionResult]::new('--operator', '--operator', [CompletionResultType]::ParameterName, 'With --grants: print what it needs to look, mend and clean up, instead')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Say which layout the tables have, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;enqueue' {
            [CompletionResult]::new('--payload', '--payload', [CompletionResultType]::ParameterName, 'Its payload: JSON, @FILE, or - for standard input')
            [CompletionResult]::new('--metadata', '--metadata', [CompletionResultType]::ParameterName, 'What is said beside it: a JSON object, @FILE, or -')
            [CompletionResult]::new('--idempotency-key', '--idempotency-key', [CompletionResultType]::ParameterName, 'What makes a second one of the same event a duplicate')
            [CompletionResult]::new('--aggregate', '--aggregate', [CompletionResultType]::ParameterName, 'The thing that it changed, with its version after that')
            [CompletionResult]::new('--occurred-at', '--occurred-at', [CompletionResultType]::ParameterName, 'When it happened, such as 2026-11-21T03:00:00Z, instead of now')
            [CompletionResult]::new('--partition-key', '--partition-key', [CompletionResultType]::ParameterName, 'What orders it, instead of its aggregate')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Many events: a file with one JSON object in each line, or - for standard input')
            [CompletionResult]::new('--on-duplicate', '--on-duplicate', [CompletionResultType]::ParameterName, 'What a duplicate is')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Write the good lines, and tell which are bad')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;publish' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Where to, instead of `[relay] to` of evt.toml')
            [CompletionResult]::new('--topic', '--topic', [CompletionResultType]::ParameterName, 'What the topic is called, with {event_name}, {domain}, {subject}, {event_version} or {aggregate_type}')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve /metrics for Prometheus, /livez and /readyz there meanwhile, such as 127.0.0.1:9464, instead of `[relay] listen` of evt.toml')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'At most N events handed over and not acknowledged')
            [CompletionResult]::new('--lease', '--lease', [CompletionResultType]::ParameterName, 'How long a relay that says nothing keeps its lanes, such as 30s')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--structured', '--structured', [CompletionResultType]::ParameterName, 'Send the whole `CloudEvents` envelope as the message, instead of its attributes as headers')
            [CompletionResult]::new('--once', '--once', [CompletionResultType]::ParameterName, 'Publish what is due, and end')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print what would be published first, and publish nothing')
            [CompletionResult]::new('--show-pii', '--show-pii', [CompletionResultType]::ParameterName, 'With --dry-run: show personal data too')
            [CompletionResult]::new('--change-destination', '--change-destination', [CompletionResultType]::ParameterName, 'Publish there, although the events went somewhere else until now')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;relays' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;list' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only rows in these states: pending, retrying, held, published, dead, discarded')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only rows of this event')
            [CompletionResult]::new('--aggregate', '--aggregate', [CompletionResultType]::ParameterName, 'Only rows of this aggregate')
            [CompletionResult]::new('--error', '--error', [CompletionResultType]::ParameterName, 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), in lower or upper case')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only rows stored, or dead, before TIME, as --since')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most N rows')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only rows behind this place: the last PLACE of the page before')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;show' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--show-pii', '--show-pii', [CompletionResultType]::ParameterName, 'Show personal data too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;stats' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;audit' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most N entries')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only entries behind this one: the last number of the page before')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;pause' {
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only this event')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;resume' {
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only this event')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;cleanup' {
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'Remove what was published or discarded longer ago than AGE, such as 30d')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be removed, and remove nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;outbox;doctor' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;dead-letters' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List dead letters, newest first')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one dead letter with its payload and its attempts')
            [CompletionResult]::new('retry', 'retry', [CompletionResultType]::ParameterValue, 'Send dead letters again')
            [CompletionResult]::new('discard', 'discard', [CompletionResultType]::ParameterValue, 'Give dead letters up; a key that waited for one goes on')
            break
        }
        'evt;dead-letters;list' {
            [CompletionResult]::new('--group-by', '--group-by', [CompletionResultType]::ParameterName, 'Count them by what they have in common')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only rows of this event')
            [CompletionResult]::new('--aggregate', '--aggregate', [CompletionResultType]::ParameterName, 'Only rows of this aggregate')
            [CompletionResult]::new('--error', '--error', [CompletionResultType]::ParameterName, 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), in lower or upper case')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only rows stored, or dead, before TIME, as --since')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most N rows')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only rows behind this place: the last PLACE of the page before')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--blocked', '--blocked', [CompletionResultType]::ParameterName, 'List the keys whose events wait, instead')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;dead-letters;show' {
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--show-pii', '--show-pii', [CompletionResultType]::ParameterName, 'Show personal data too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;dead-letters;retry' {
            [CompletionResult]::new('--payload', '--payload', [CompletionResultType]::ParameterName, 'Send one with this payload instead: JSON, @FILE, or - for standard input')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most N of them, oldest first')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'At most N a second')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only rows of this event')
            [CompletionResult]::new('--aggregate', '--aggregate', [CompletionResultType]::ParameterName, 'Only rows of this aggregate')
            [CompletionResult]::new('--error', '--error', [CompletionResultType]::ParameterName, 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), in lower or upper case')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only rows stored, or dead, before TIME, as --since')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--allow-reorder', '--allow-reorder', [CompletionResultType]::ParameterName, 'Send those too whose key went on without them: later events may have been sent')
            [CompletionResult]::new('--upcast', '--upcast', [CompletionResultType]::ParameterName, 'Bring payloads to the latest version first, by the steps that generated code takes by itself')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All dead letters')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;dead-letters;discard' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most N of them, oldest first')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'At most N a second')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only rows of this event')
            [CompletionResult]::new('--aggregate', '--aggregate', [CompletionResultType]::ParameterName, 'Only rows of this aggregate')
            [CompletionResult]::new('--error', '--error', [CompletionResultType]::ParameterName, 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), in lower or upper case')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only rows stored, or dead, before TIME, as --since')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the audit')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'Who does it, for the audit, instead of the user''s name')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'The database: postgres://… or sqlite:PATH, instead of the environment''s and that of evt.toml')
            [CompletionResult]::new('--table', '--table', [CompletionResultType]::ParameterName, 'The outbox table, instead of that of evt.toml')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'All dead letters')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;completions' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'evt;man' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Work in DIR instead of the current folder')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this evt.toml instead of looking for one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Print results for people or for programs')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Tell nothing but results and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what is done, step by step')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

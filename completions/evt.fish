# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_evt_global_optspecs
    string join \n C= config= format= output= fail-on= today= color= q/quiet v/verbose h/help V/version
end

function __fish_evt_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_evt_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_evt_using_subcommand
    set -l cmd (__fish_evt_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c evt -n "__fish_evt_needs_command" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_needs_command" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_needs_command" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_needs_command" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_needs_command" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_needs_command" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_needs_command" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_needs_command" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_needs_command" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_needs_command" -s V -l version -d 'Print version'
complete -c evt -n "__fish_evt_needs_command" -f -a "init" -d 'Set up a project: evt.toml, a first definition, the lines for git'
complete -c evt -n "__fish_evt_needs_command" -f -a "new" -d 'Write a definition to start from'
complete -c evt -n "__fish_evt_needs_command" -f -a "dump" -d 'Compile the definitions, merge them into the schema file, and write what changed'
complete -c evt -n "__fish_evt_needs_command" -f -a "verify" -d 'Prove that what is committed is what `evt dump` would write, and that no history was lost'
complete -c evt -n "__fish_evt_needs_command" -f -a "compat" -d 'Show what the definitions break, and whom: code that reads old rows, or code that is not deployed anew'
complete -c evt -n "__fish_evt_needs_command" -f -a "diff" -d 'Show what changed: between definitions and schema file, two versions, or two git refs'
complete -c evt -n "__fish_evt_needs_command" -f -a "list" -d 'List the events of the schema file'
complete -c evt -n "__fish_evt_needs_command" -f -a "show" -d 'Show one event, or one version of it'
complete -c evt -n "__fish_evt_needs_command" -f -a "log" -d 'Show the history of an event, newest version first'
complete -c evt -n "__fish_evt_needs_command" -f -a "lint" -d 'Check the definitions against the rules of style'
complete -c evt -n "__fish_evt_needs_command" -f -a "fmt" -d 'Format the definitions, keeping every comment'
complete -c evt -n "__fish_evt_needs_command" -f -a "catalog" -d 'Print the event catalog: every event for people, as Markdown or as a web page with search'
complete -c evt -n "__fish_evt_needs_command" -f -a "import" -d 'Write what another tool defines as definitions and a schema file'
complete -c evt -n "__fish_evt_needs_command" -f -a "rules" -d 'List every rule with its severity'
complete -c evt -n "__fish_evt_needs_command" -f -a "explain" -d 'Explain a rule, with a bad and a good example'
complete -c evt -n "__fish_evt_needs_command" -f -a "schema" -d 'Print the JSON Schema of one of evt\'s own formats'
complete -c evt -n "__fish_evt_needs_command" -f -a "merge-driver" -d 'Merge the schema files of two branches; git calls this'
complete -c evt -n "__fish_evt_needs_command" -f -a "export" -d 'Print what is defined, or the outbox, in other programs\' terms'
complete -c evt -n "__fish_evt_needs_command" -f -a "outbox" -d 'Show and change the outbox: its tables, its rows, what operators did'
complete -c evt -n "__fish_evt_needs_command" -f -a "dead-letters" -d 'Show what could not be delivered, send it again, or give it up'
complete -c evt -n "__fish_evt_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c evt -n "__fish_evt_needs_command" -f -a "man" -d 'Print the manual page of evt, or of one command'
complete -c evt -n "__fish_evt_using_subcommand init" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand init" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand init" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand init" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand init" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand init" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand init" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand init" -l no-git -d 'Leave git\'s configuration and .gitattributes as they are'
complete -c evt -n "__fish_evt_using_subcommand init" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand init" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand new; and not __fish_seen_subcommand_from event" -f -a "event" -d 'Write the definition of an event, which passes `evt lint` once its blanks are filled'
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l domain -d 'The bounded context' -r
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l subject -d 'What the event is about; registered with it where it is new' -r
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand new; and __fish_seen_subcommand_from event" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dump" -l squash -d 'Turn all that REF does not hold into one version an event' -r
complete -c evt -n "__fish_evt_using_subcommand dump" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dump" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dump" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dump" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dump" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dump" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dump" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dump" -l dry-run -d 'Show what would be written, and write nothing'
complete -c evt -n "__fish_evt_using_subcommand dump" -l watch -d 'Dump again on every change of the definitions, until interrupted'
complete -c evt -n "__fish_evt_using_subcommand dump" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dump" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dump" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand verify" -l against -d 'The git ref that history is proven against' -r
complete -c evt -n "__fish_evt_using_subcommand verify" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand verify" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand verify" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand verify" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand verify" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand verify" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand verify" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand verify" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand verify" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand compat" -l against -d 'The git ref that the definitions are compared with' -r
complete -c evt -n "__fish_evt_using_subcommand compat" -l mode -d 'Compare under this mode, whatever evt.toml and the events say' -r
complete -c evt -n "__fish_evt_using_subcommand compat" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand compat" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand compat" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand compat" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand compat" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand compat" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand compat" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand compat" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand compat" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand compat" -l pending -d 'Ask instead whether what waits in the outbox, and its dead letters, can be read under the definitions as they are now'
complete -c evt -n "__fish_evt_using_subcommand compat" -l payloads -d 'With --pending: read every payload, not only the first 10,000 of each version that could break'
complete -c evt -n "__fish_evt_using_subcommand compat" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand compat" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand compat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand diff" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand diff" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand diff" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand diff" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand diff" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand diff" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand diff" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand diff" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand diff" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand list" -l domain -d 'Only events of this domain' -r
complete -c evt -n "__fish_evt_using_subcommand list" -l subject -d 'Only events about this subject' -r
complete -c evt -n "__fish_evt_using_subcommand list" -l owner -d 'Only events of this owner' -r
complete -c evt -n "__fish_evt_using_subcommand list" -l process-type -d 'Only events of this process type' -r
complete -c evt -n "__fish_evt_using_subcommand list" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand list" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand list" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand list" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand list" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand list" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand list" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand list" -l retired -d 'Retired events too'
complete -c evt -n "__fish_evt_using_subcommand list" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand list" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand show" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand show" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand show" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand show" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand show" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand show" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand show" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand show" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand show" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand log" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand log" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand log" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand log" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand log" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand log" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand log" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand log" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand log" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand log" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand lint" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand lint" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand lint" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand lint" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand lint" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand lint" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand lint" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand lint" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand lint" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand fmt" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand fmt" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand fmt" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand fmt" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand fmt" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand fmt" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand fmt" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand fmt" -l check -d 'Change nothing; exit 1 where a file is not formatted'
complete -c evt -n "__fish_evt_using_subcommand fmt" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand fmt" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand fmt" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand catalog" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand catalog" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand catalog" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand catalog" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand catalog" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand catalog" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand catalog" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand catalog" -l html -d 'Print one HTML page with search, all versions and their history'
complete -c evt -n "__fish_evt_using_subcommand catalog" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand catalog" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand catalog" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand import; and not __fish_seen_subcommand_from event-engine" -f -a "event-engine" -d 'Write the events of the Ruby gem `event_engine`, with their versions and fingerprints'
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -l dry-run -d 'Say what would be written, and write nothing'
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand import; and __fish_seen_subcommand_from event-engine" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand rules" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand rules" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand rules" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand rules" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand rules" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand rules" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand rules" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand rules" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand rules" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand rules" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand explain" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand explain" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand explain" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand explain" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand explain" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand explain" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand explain" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand explain" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand explain" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand schema" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand schema" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand schema" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand schema" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand schema" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand schema" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand schema" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand schema" -l project -d 'Fill in the names of this project, for an editor to complete them'
complete -c evt -n "__fish_evt_using_subcommand schema" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand schema" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand merge-driver" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -f -a "json-schema" -d 'Print what payloads are like as JSON Schema 2020-12: of all events in one document, or of one'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -f -a "asyncapi" -d 'Print what the relay publishes as an `AsyncAPI` 3.0 document'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -f -a "avro" -d 'Print what payloads are like as Avro schemas: of all events as a union, or of one'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -f -a "cloudevents" -d 'Print a catalogue by which consumers of `CloudEvents` find the schema of what they got'
complete -c evt -n "__fish_evt_using_subcommand export; and not __fish_seen_subcommand_from json-schema asyncapi avro cloudevents debezium" -f -a "debezium" -d 'Print the connector with which Debezium publishes the outbox, or what PostgreSQL needs for it'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l directory -d 'Write a file for each version into DIR instead, and print which; other files there stay as they are' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -l retired -d 'Retired events too; one that is named needs no flag'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from json-schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l to -d 'Where messages go, which says how headers are called, instead of `[relay] to` of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l topic -d 'What the topic is called, instead of `[relay] topic` of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l title -d 'The title of the document, instead of one with `[project] source`' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l api-version -d 'The version of the document, instead of 1.N.0 with N versions of events' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l structured -d 'Tell of messages that hold the whole `CloudEvents` envelope, as `evt outbox publish --structured` sends them'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -l all -d 'Add the messages of events that no relay publishes, without a channel'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from asyncapi" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l directory -d 'Write a file for each version into DIR instead, and print which; other files there stay as they are' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l namespace -d 'The namespace of all records, instead of the words of `[project] source` and the event\'s domain' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -l retired -d 'Retired events too; one that is named needs no flag'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from avro" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -l retired -d 'Retired events too'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from cloudevents" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l name -d 'What the slot, the publication and the connector are called, instead of `TABLE_capture`' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l role -d 'The PostgreSQL role of the connector, instead of that of the database\'s address' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l topic -d 'What the topic is called, instead of `[relay] topic` of evt.toml: with one field that is text at most' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -l sql -d 'Print the statements to be run first, instead of the connector'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand export; and __fish_seen_subcommand_from debezium" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "migrate" -d 'Create the tables of the outbox, or bring them up to date'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "enqueue" -d 'Write events: one from the arguments, or many from lines of JSON'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "publish" -d 'Publish what is stored: until it is told to stop, or once'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "relays" -d 'List the relays: who publishes where, and how they fare'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "list" -d 'List rows, newest first'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "show" -d 'Show one row with its payload, its attempts and what became of it'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "stats" -d 'Count the rows by state and event'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "audit" -d 'List what operators did, latest first'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "pause" -d 'Stop publishing, of one event or of all; writers go on'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "resume" -d 'Go on publishing, of one event or of all that was paused together'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "cleanup" -d 'Remove rows that were published or discarded long ago'
complete -c evt -n "__fish_evt_using_subcommand outbox; and not __fish_seen_subcommand_from migrate enqueue publish relays list show stats audit pause resume cleanup doctor" -f -a "doctor" -d 'Check that all is well with the outbox; exit 1 where it is not, saying why and what to do'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l grants -d 'Print what the PostgreSQL role ROLE needs to write events' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l print -d 'Print the statements instead of running them; no connection is needed'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l operator -d 'With --grants: print what it needs to look, mend and clean up, instead'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l relay -d 'With --grants: print what it needs to run a relay, instead'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -l status -d 'Say which layout the tables have, and change nothing'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l payload -d 'Its payload: JSON, @FILE, or - for standard input' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l metadata -d 'What is said beside it: a JSON object, @FILE, or -' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l idempotency-key -d 'What makes a second one of the same event a duplicate' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l aggregate -d 'The thing that it changed, with its version after that' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l occurred-at -d 'When it happened, such as 2026-11-21T03:00:00Z, instead of now' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l partition-key -d 'What orders it, instead of its aggregate' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l from -d 'Many events: a file with one JSON object in each line, or - for standard input' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l on-duplicate -d 'What a duplicate is' -r -f -a "error\t'An error'
skip\t'Nothing to speak of'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -l keep-going -d 'Write the good lines, and tell which are bad'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from enqueue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l to -d 'Where to, instead of `[relay] to` of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l topic -d 'What the topic is called, with {event_name}, {domain}, {subject}, {event_version} or {aggregate_type}' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l listen -d 'Serve /metrics for Prometheus, /livez and /readyz there meanwhile, such as 127.0.0.1:9464, instead of `[relay] listen` of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l batch -d 'At most N events handed over and not acknowledged' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l lease -d 'How long a relay that says nothing keeps its lanes, such as 30s' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l structured -d 'Send the whole `CloudEvents` envelope as the message, instead of its attributes as headers'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l once -d 'Publish what is due, and end'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l dry-run -d 'Print what would be published first, and publish nothing'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l show-pii -d 'With --dry-run: show personal data too'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -l change-destination -d 'Publish there, although the events went somewhere else until now'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from publish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from relays" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l state -d 'Only rows in these states: pending, retrying, held, published, dead, discarded' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l event -d 'Only rows of this event' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l aggregate -d 'Only rows of this aggregate' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l error -d 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), whatever the case of A to Z' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l since -d 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l until -d 'Only rows stored, or dead, before TIME, as --since' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l limit -d 'At most N rows' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l after -d 'Only rows behind this place: the last PLACE of the page before' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -l show-pii -d 'Show personal data too'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l limit -d 'At most N entries' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l after -d 'Only entries behind this one: the last number of the page before' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l event -d 'Only this event' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l event -d 'Only this event' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l older-than -d 'Remove what was published or discarded longer ago than AGE, such as 30d' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l dry-run -d 'Say what would be removed, and remove nothing'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -l yes -d 'Do not ask'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from cleanup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand outbox; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -f -a "list" -d 'List dead letters, newest first'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -f -a "show" -d 'Show one dead letter with its payload and its attempts'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -f -a "retry" -d 'Send dead letters again'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and not __fish_seen_subcommand_from list show retry discard" -f -a "discard" -d 'Give dead letters up; a key that waited for one goes on'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l group-by -d 'Count them by what they have in common' -r -f -a "error\t'The error, with # for words and quotations that hold a digit, and for e-mail addresses'
event\t'The event'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l event -d 'Only rows of this event' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l aggregate -d 'Only rows of this aggregate' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l error -d 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), whatever the case of A to Z' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l since -d 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l until -d 'Only rows stored, or dead, before TIME, as --since' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l limit -d 'At most N rows' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l after -d 'Only rows behind this place: the last PLACE of the page before' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -l blocked -d 'List the keys whose events wait, instead'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -l show-pii -d 'Show personal data too'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l payload -d 'Send one with this payload instead: JSON, @FILE, or - for standard input' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l limit -d 'At most N of them, oldest first' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l rate -d 'At most N a second' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l event -d 'Only rows of this event' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l aggregate -d 'Only rows of this aggregate' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l error -d 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), whatever the case of A to Z' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l since -d 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l until -d 'Only rows stored, or dead, before TIME, as --since' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l allow-reorder -d 'Send those too whose key went on without them: later events may have been sent'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l upcast -d 'Bring payloads to the latest version first, by the steps that generated code takes by itself'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l all -d 'All dead letters'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l dry-run -d 'Say what would be done, and do nothing'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -l yes -d 'Do not ask'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l limit -d 'At most N of them, oldest first' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l rate -d 'At most N a second' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l event -d 'Only rows of this event' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l aggregate -d 'Only rows of this aggregate' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l error -d 'Only rows whose last error has TEXT in it, as lists print it (CODE: TEXT), whatever the case of A to Z' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l since -d 'Only rows stored since TIME, where dead letters alone are asked for dead since then (column SINCE): an instant such as 2026-11-21T03:00:00Z, or a time ago such as 2h' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l until -d 'Only rows stored, or dead, before TIME, as --since' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l reason -d 'Why, for the audit' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l as -d 'Who does it, for the audit, instead of the user\'s name' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l database -d 'The database: postgres://… or sqlite:PATH, instead of the environment\'s and that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l table -d 'The outbox table, instead of that of evt.toml' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l all -d 'All dead letters'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l dry-run -d 'Say what would be done, and do nothing'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -l yes -d 'Do not ask'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand dead-letters; and __fish_seen_subcommand_from discard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand completions" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand completions" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand completions" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand completions" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand completions" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand completions" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand completions" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand completions" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand completions" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c evt -n "__fish_evt_using_subcommand man" -s C -d 'Work in DIR instead of the current folder' -r -F
complete -c evt -n "__fish_evt_using_subcommand man" -l config -d 'Use this evt.toml instead of looking for one' -r -F
complete -c evt -n "__fish_evt_using_subcommand man" -l format -d 'Print results for people or for programs; without it as the CI that runs evt shows it' -r -f -a "text\t'For people'
json\t'For programs'
github\t'Findings as annotations of GitHub Actions'
gitlab\t'Findings as GitLab\'s code quality report'
junit\t'Findings as XML of `JUnit`'
sarif\t'Findings as SARIF 2.1.0'
markdown\t'Findings as a comment on a change'"
complete -c evt -n "__fish_evt_using_subcommand man" -l output -d 'Write results to FILE, with the folders that it needs: of a check in the format, while people read on' -r -F
complete -c evt -n "__fish_evt_using_subcommand man" -l fail-on -d 'Fail a check from this severity on' -r -f -a "error\t'Errors'
warn\t'Warnings too'
info\t'Hints too'"
complete -c evt -n "__fish_evt_using_subcommand man" -l today -d 'Judge what depends on the date as on DATE, such as 2027-01-31' -r
complete -c evt -n "__fish_evt_using_subcommand man" -l color -d 'Colour the output' -r -f -a "auto\t'Where standard output is a terminal'
always\t'Always'
never\t'Never'"
complete -c evt -n "__fish_evt_using_subcommand man" -s q -l quiet -d 'Tell nothing but results and errors'
complete -c evt -n "__fish_evt_using_subcommand man" -s v -l verbose -d 'Tell what is done, step by step'
complete -c evt -n "__fish_evt_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
